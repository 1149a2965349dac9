import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);

it('docs/sip/rfcs.md names files that are there', () => {
  const page = readFileSync(new URL('docs/sip/rfcs.md', root), 'utf8');
  const named = [...page.matchAll(/`((?:packages|tests)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
