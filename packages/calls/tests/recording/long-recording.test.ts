import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RecordingFile } from '../../src/recording/recording-file.ts';
import { openDesk } from './desk.ts';

const seconds = 3 * 3600;
/** Kept in memory, the sound would take 173 MB. */
const mostGrowthBytes = 64 * 1024 * 1024;

test('three hours are recorded in flat memory', async () => {
  const desk = openDesk();
  const path = join(desk.folder, 'long.wav');
  const peaksPath = join(desk.folder, 'long.peaks');
  const file = await RecordingFile.open({ id: 'long', format: 'wav', path, peaksPath, seal: undefined }, 1);
  const block = Int16Array.from({ length: 16_000 }, (_, i) => (i % 400) * 20);
  let beginning = 0;
  for (let second = 0; second < seconds; second++) {
    await file.write(block, 8000, 0);
    // Once the code is compiled and buffers are there.
    if (second === seconds / 10) beginning = process.memoryUsage().rss;
  }
  expect(process.memoryUsage().rss - beginning).toBeLessThan(mostGrowthBytes);
  expect(await file.finish()).toMatchObject({ durationMs: seconds * 1000, bytes: 58 + seconds * 16_000 });
  expect(statSync(peaksPath).size).toBe(seconds * 20);
  desk.close();
}, 60_000);
