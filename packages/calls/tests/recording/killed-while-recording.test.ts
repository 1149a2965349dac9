import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWav, toneLevelDbfs } from '@dialplane/audio';
import { expect, test } from 'vitest';
import { recoverRecording } from '../../src/index.ts';

const program = fileURLToPath(new URL('./record-until-killed.ts', import.meta.url));

/** Lets it record for a while, and kills it without a warning. */
async function recordAndKill(format: 'wav' | 'opus', enoughBytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'dialplane-killed-'));
  const path = join(folder, 'killed.sound');
  const child = spawn(process.execPath, [program, folder, format], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const _ of child.stdout) {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= enoughBytes) break;
  }
  child.kill('SIGKILL');
  await exited;
  return { path, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

test('a recording of G.711 whose process was killed plays as it is, and becomes whole', async () => {
  const { path, clear } = await recordAndKill('wav', 4 * 16_000);
  const [caller] = readWav(readFileSync(path)).channels;
  expect(caller?.length).toBeGreaterThanOrEqual(3 * 8000);
  expect(toneLevelDbfs((caller ?? new Int16Array(0)).subarray(8000, 16_000), 8000, 400)).toBeCloseTo(-12, 0);
  const { durationMs, bytes } = await recoverRecording({ id: 'killed', format: 'wav', path, seal: undefined });
  expect(durationMs).toBe((caller?.length ?? 0) / 8);
  expect(readFileSync(path).readUInt32LE(54)).toBe(bytes - 58);
  clear();
});

test('a recording of Opus whose process was killed is a number of whole pages', async () => {
  const { path, clear } = await recordAndKill('opus', 8000);
  const { durationMs } = await recoverRecording({ id: 'killed', format: 'opus', path, seal: undefined });
  expect(durationMs).toBeGreaterThanOrEqual(1000);
  expect(durationMs % 1000).toBe(0);
  clear();
});
