import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../../src/index.ts';
import { pickUpTelephone, startService, type Telephone } from '../scene.ts';
import { PatientDirectory } from './patient-directory.ts';

let directory: PatientDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new PatientDirectory();
  telephone = await pickUpTelephone(32_400);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

test('a call without any sound from the caller says so while it lasts, with addresses that are real', async () => {
  const { call } = await telephone.dial(service.sipPort, { silent: true });
  const started = await directory.event(0, 'media_started');
  expect(started).toMatchObject({ local: { address: '127.0.0.1', port: expect.any(Number) } });
  const verdict = await directory.event(0, 'media_verdict');
  const remote = { address: '127.0.0.1', port: telephone.leg.localPort };
  expect(verdict).toMatchObject({ verdict: 'never_any_media', received: 0, remote, target: remote });
  expect(verdict.atMs - started.atMs).toBeGreaterThanOrEqual(5000);
  const { sent, sentence } = verdict;
  expect(sent).toBeGreaterThan(240);
  expect(sentence).toContain(`We sent ${sent} packets to 127.0.0.1:${remote.port} and received none`);
  expect(await directory.event(0, 'quality')).toMatchObject({ received: 0, lost: 0, lossPercent: 0 });
  expect(service.activeCalls).toBe(1);
  await call.hangup();
});
