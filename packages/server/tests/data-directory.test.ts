import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeDataDirectory } from '../src/data-directory.ts';

let parent: string;
let path: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  path = join(parent, 'deep', 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

async function holder() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./hold-data-directory.ts', import.meta.url)), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('is made for its owner only and given free on release', () => {
  const directory = takeDataDirectory(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(readdirSync(path)).toEqual(['lock']);
  directory.release();
  directory.release();
  expect(readdirSync(path)).toEqual([]);
  takeDataDirectory(path).release();
});

test('a second server is refused with the number of the first; a killed one is followed', async () => {
  const first = await holder();
  expect(() => takeDataDirectory(path)).toThrow(
    expect.objectContaining({
      code: 'data_directory_in_use',
      message: `The data directory ${path} is in use by process ${first.pid}. Stop that server first, or give this one its own DATA_DIR.`,
    }),
  );
  first.kill('SIGKILL');
  await once(first, 'exit');
  takeDataDirectory(path).release();
});

test('a killed server that nobody has waited for yet is followed too', async () => {
  const script = fileURLToPath(new URL('./hold-data-directory.ts', import.meta.url));
  // The shell becomes a program that never waits for its child, so that the killed child stays a zombie.
  const parentOfZombie = spawn('sh', ['-c', '"$0" "$1" "$2" & exec sleep 60', process.execPath, script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parentOfZombie.stdout, 'data');
  const pid = Number(readFileSync(join(path, 'lock'), 'utf8').split(' ')[0]);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z '));
  takeDataDirectory(path).release();
  parentOfZombie.kill();
});

test.each([
  ['empty', ''],
  ['of a process that is gone', '999999999 x/1'],
  ['of a former process with our number', `${process.pid} x/1`],
])('a lock that is %s is stale', (_what, text) => {
  takeDataDirectory(path).release();
  writeFileSync(join(path, 'lock'), text);
  const directory = takeDataDirectory(path);
  expect(readFileSync(join(path, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} \\S+/\\d+ \\S+\\n$`));
  directory.release();
});

test('a late release leaves the lock of another server alone', () => {
  const former = takeDataDirectory(path);
  rmSync(join(path, 'lock'));
  const current = takeDataDirectory(path);
  former.release();
  expect(readdirSync(path)).toEqual(['lock']);
  current.release();
});

test('a path that cannot be a directory is named with the way out', () => {
  const file = join(parent, 'file');
  writeFileSync(file, '');
  expect(() => takeDataDirectory(file)).toThrow(/cannot be used .* name another one in DATA_DIR/);
});
