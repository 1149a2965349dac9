import { readFileSync } from 'node:fs';
import { refusalCodes } from '@dialplane/sip';
import { expect, test } from 'vitest';
import { refusalsPage, refusalsPageUrl } from '../tools/refusals-page.ts';

test('the page of refusals is the tables of refusals and endings', () => {
  expect(readFileSync(refusalsPageUrl, 'utf8')).toBe(refusalsPage());
});

test.each(Object.entries(refusalCodes))('%s has a status, a sentence and a place on the page', (code, kind) => {
  expect(kind.status === 0 || (kind.status >= 400 && kind.status < 700)).toBe(true);
  expect(kind.sentence).toMatch(/^[A-Z].*\.$/);
  expect(refusalsPage()).toContain(`id="${code}-${kind.status}"`);
});
