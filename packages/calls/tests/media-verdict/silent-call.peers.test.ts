import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../../src/index.ts';
import { pickUpTelephone, startService, type Telephone } from '../scene.ts';
import { PatientDirectory } from './patient-directory.ts';

/** Runs with the peers only because it waits in real time: 20 s until a question, 32 s until nobody answered it. */

let directory: PatientDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new PatientDirectory();
  telephone = await pickUpTelephone(32_500);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));
const verdicts = () =>
  (directory.calls[0]?.events ?? []).flatMap((event) => (event.kind === 'media_verdict' ? [event.verdict] : []));

test('a call whose sound stops goes on while the telephone answers, and ends when it does not', async () => {
  await telephone.dial(service.sipPort);
  await directory.event(0, 'media_started');
  await seconds(2);
  await telephone.leg.close();
  await seconds(23);
  // Asked with OPTIONS, the telephone has answered.
  expect(verdicts()).toEqual(['media_stopped']);
  expect(service.activeCalls).toBe(1);

  // A telephone without power says nothing any more.
  await telephone.endpoint.close();
  const ended = await directory.event(0, 'ended');
  expect(ended).toMatchObject({ reason: 'media_lost', class: 'theirs', sipCode: 200 });
  expect(verdicts()).toEqual(['media_stopped', 'media_stopped']);
});
