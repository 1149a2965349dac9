import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Ending, endings } from '../src/endings.ts';
import { endingsPage, endingsPageUrl } from '../tools/endings-page.ts';

test('the page of endings is the table of endings', () => {
  expect(readFileSync(endingsPageUrl, 'utf8')).toBe(endingsPage());
});

test.each(Object.entries<Ending>(endings))('%s has a SIP status, a Q.850 cause and a sentence', (_, ending) => {
  expect(ending.sipCode === 200 || (ending.sipCode >= 400 && ending.sipCode < 700)).toBe(true);
  expect(ending.q850Cause).toBeGreaterThanOrEqual(1);
  expect(ending.q850Cause).toBeLessThanOrEqual(127);
  expect(ending.sentence).toMatch(/^[A-Z].*\.$/);
});
