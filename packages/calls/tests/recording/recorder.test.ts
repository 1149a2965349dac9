import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CallRecording, type FinishedRecording, RecorderPort, startRecorder } from '../../src/index.ts';

test('a recording thread that dies is started again, and the next recording is made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialplane-recorder-'));
  const lost = Promise.withResolvers<Error>();
  const finished = Promise.withResolvers<FinishedRecording>();
  const recorder = startRecorder({ finished: finished.resolve, failed: () => {}, lost: lost.resolve });
  const first = recorder.connect();
  // What no media thread would ever send.
  first.postMessage({ type: 'begin' });
  expect(await lost.promise).toBeInstanceOf(Error);
  first.close();

  const port = recorder.connect();
  const path = join(folder, 'sound');
  const plan = { id: 'next', format: 'wav', path, peaksPath: join(folder, 'peaks'), seal: undefined } as const;
  const recording = new CallRecording(plan, new RecorderPort(port), () => {});
  for (let tick = 0; tick < 25; tick++) recording.tick(0);
  recording.stop();
  expect(await finished.promise).toMatchObject({ id: 'next', durationMs: 500 });
  expect(existsSync(path)).toBe(true);
  port.close();
  await recorder.close();
  rmSync(folder, { recursive: true, force: true });
});
