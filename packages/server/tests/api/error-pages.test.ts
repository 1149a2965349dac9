import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { problems } from '../../src/api/problem.ts';

test('every problem has its section in docs/errors.md, and no section is of none', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../../docs/errors.md', import.meta.url)), 'utf8');
  const sections = [...page.matchAll(/^## (\w+)\n\*\*(\d+)\.\*\*/gm)].map(([, code, status]) => [code, Number(status)]);
  expect(sections).toEqual(Object.entries(problems).map(([code, { status }]) => [code, status]));
});
