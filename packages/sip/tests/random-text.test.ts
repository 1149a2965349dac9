import { expect, it } from 'vitest';
import { randomText } from '../src/random-text.ts';

it('no random text comes twice, also when the reserve is used up', () => {
  const texts = Array.from({ length: 5000 }, () => randomText(12));
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^[0-9a-f]{24}$/);
});
