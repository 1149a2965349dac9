import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { databaseImage, installDatabaseImage } from '../../src/store/database-image.ts';

test('the image is of the installed PGlite; else run tools/build-database-image.mjs', () => {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(readFileSync(fileURLToPath(manifest), 'utf8'));
  expect(basename(databaseImage)).toBe(`pglite-${version}.tar.br`);
  expect(existsSync(databaseImage)).toBe(true);
});

test('a new data directory is readable by its owner only and holds none of our tables', () => {
  const parent = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  const directory = join(parent, 'database');
  // What a start that was killed while unpacking left behind.
  writeFileSync(`${directory}.partial`, 'half');
  installDatabaseImage(directory);
  expect(readdirSync(parent)).toEqual(['database']);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(directory, 'PG_VERSION'), 'utf8').trim()).toBe('18');
  expect(readdirSync(join(directory, 'base')).length).toBe(3);

  writeFileSync(join(directory, 'mark'), 'mine');
  installDatabaseImage(directory);
  expect(readFileSync(join(directory, 'mark'), 'utf8')).toBe('mine');
  rmSync(parent, { recursive: true, force: true });
});
