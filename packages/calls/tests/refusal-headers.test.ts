import { expect, test } from 'vitest';
import { refusalHeaders } from '../src/refusal-headers.ts';

test('a refusal says why, for people and for switches', () => {
  expect(refusalHeaders('no_route', 404)).toEqual({
    Warning: '399 dialplane "No rule leads from the dialled number to an agent. Assign the number."',
    Reason: 'Q.850;cause=3;text="No rule leads from the dialled number to an agent. Assign the number."',
  });
});

test('503 says when to come again, and quotes nothing that breaks its own quotes', () => {
  expect(refusalHeaders('over_capacity', 503, 'So "full"')).toEqual({
    Warning: `399 dialplane "So 'full'"`,
    Reason: `Q.850;cause=42;text="So 'full'"`,
    'Retry-After': '5',
  });
});
