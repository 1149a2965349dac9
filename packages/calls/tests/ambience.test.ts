import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService } from '../src/index.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32700);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
};

test('under and behind what the agent says there is its background', async () => {
  directory.profile = { ambience: { preset: 'bar', levelDbfs: -35 } };
  const { call } = await telephone.dial(service.sipPort);
  await until(() => telephone.heard(greetingHz) > -20);
  await until(() => telephone.heard(greetingHz) < -50);
  expect(Math.abs(telephone.level() + 35)).toBeLessThan(4);
  await call.hangup();
});
