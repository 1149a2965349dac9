import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../../src/index.ts';
import { startService } from '../scene.ts';
import { PatientDirectory } from './patient-directory.ts';

/** Runs with the peers only because it waits in real time: 20 s until a question, 32 s until nobody answered it. */

let directory: PatientDirectory;
let service: CallService;
let telephone: ChildProcess;

beforeEach(async () => {
  directory = new PatientDirectory();
  service = await startService(directory);
  telephone = fork(fileURLToPath(new URL('telephone-process.ts', import.meta.url)), [String(service.sipPort)], {
    execArgv: [],
  });
});

afterEach(async () => {
  telephone.kill('SIGKILL');
  await service.close();
});

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));
const verdicts = () =>
  (directory.calls[0]?.events ?? []).flatMap((event) => (event.kind === 'media_verdict' ? [event.verdict] : []));

test('a call whose sound stops goes on while the telephone answers, and ends when it does not', async () => {
  await directory.event(0, 'media_started');
  await seconds(2);
  telephone.send('mute');
  await seconds(23);
  // Asked with OPTIONS, the telephone has answered.
  expect(verdicts()).toEqual(['media_stopped']);
  expect(service.activeCalls).toBe(1);

  telephone.kill('SIGKILL');
  const ended = await directory.event(0, 'ended');
  expect(ended).toMatchObject({ reason: 'media_lost', class: 'theirs', sipCode: 200 });
  expect(verdicts()).toEqual(['media_stopped', 'media_stopped']);
});
