import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe } from 'vitest';
import { closeSharedStore } from '../test-server.ts';

/** Every `<route>/<status>.ts` in this directory, one after the other on one database. */
const cases = globSync('*/*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('protected-routes.ts'));

describe.each(cases.sort())('%s', async (file) => {
  await import(pathToFileURL(join(import.meta.dirname, file)).href);
});

afterAll(() => closeSharedStore());
