import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeG711, readWav, sine, toneLevelDbfs } from '@dialplane/audio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallService, FinishedRecording, RecordingStore } from '../../src/index.ts';
import { greetingHz, MemoryDirectory, pickUpTelephone, startService, type Telephone } from '../scene.ts';

class RecordingDirectory extends MemoryDirectory {
  override async findAgentProfile(orgId: string, agentId: string) {
    return { ...(await super.findAgentProfile(orgId, agentId)), isRecorded: true };
  }
}

const callerHz = 400;
const callerTone = new Uint8Array(160);
encodeG711(
  'mu',
  sine({ frequencyHz: callerHz, sampleRate: 8000, durationMs: 20, levelDbfs: -12 }),
  0,
  160,
  callerTone,
  0,
);
/** On the way through the jitter buffer, on a machine that does other things besides. */
const mostDelayMs = 200;

let folder: string;
let directory: RecordingDirectory;
let service: CallService;
let telephone: Telephone;
let finished: PromiseWithResolvers<FinishedRecording>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialplane-recorded-'));
  directory = new RecordingDirectory();
  finished = Promise.withResolvers();
  const recordings: RecordingStore = {
    plan: ({ id }) => ({
      id,
      format: 'wav',
      path: join(folder, 'sound.wav'),
      peaksPath: join(folder, 'peaks'),
      seal: undefined,
    }),
    finished: (recording) => finished.resolve(recording),
  };
  telephone = await pickUpTelephone(35_000);
  service = await startService(directory, { recordings });
});
afterEach(async () => {
  await service.close();
  await telephone.close();
  rmSync(folder, { recursive: true, force: true });
});

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('both sides of a call are on their channels, at the times that the call record tells', async () => {
  const { call } = await telephone.dial(service.sipPort);
  const started = await directory.event(0, 'recording_started');
  const greeting = await directory.event(0, 'agent_spoke');
  const spokeAtMs = Date.now() - (directory.calls[0]?.opening.startedAt.getTime() ?? 0) - started.atMs;
  telephone.speak(callerTone);
  await wait(600);
  telephone.speak(undefined);
  await wait(100);
  await call.hangup();
  const { id, durationMs } = await finished.promise;
  expect(id).toBe('0');
  const stopped = await directory.event(0, 'recording_stopped');
  expect(stopped).toMatchObject({ reason: 'call_ended', durationMs });
  expect(directory.calls[0]?.events.at(-1)?.kind).toBe('ended');
  expect(Math.abs(stopped.atMs - started.atMs - durationMs)).toBeLessThan(mostDelayMs);

  const [caller = new Int16Array(0), agent = new Int16Array(0)] = readWav(
    readFileSync(join(folder, 'sound.wav')),
  ).channels;
  const level = (channel: Int16Array, fromMs: number, toMs: number, frequencyHz: number) =>
    toneLevelDbfs(channel.subarray(Math.round(fromMs) * 8, Math.round(toMs) * 8), 8000, frequencyHz);
  const [greetedFromMs, greetedToMs] = [greeting.fromMs - started.atMs, greeting.toMs - started.atMs];
  expect(level(agent, greetedFromMs + mostDelayMs, greetedToMs - mostDelayMs, greetingHz)).toBeGreaterThan(-20);
  expect(level(caller, 0, spokeAtMs - 50, greetingHz)).toBeLessThan(-60);
  const onsetMs = caller.findIndex((sample) => Math.abs(sample) > 1000) / 8;
  expect(onsetMs - spokeAtMs).toBeGreaterThan(-50);
  expect(onsetMs - spokeAtMs).toBeLessThan(mostDelayMs);
  expect(level(caller, onsetMs + 50, onsetMs + 500, callerHz)).toBeGreaterThan(-20);
  expect(level(agent, onsetMs + 50, onsetMs + 500, callerHz)).toBeLessThan(-50);
});

test('with a full disk the call goes on, and its record says that the recording ended', async () => {
  symlinkSync('/dev/full', join(folder, 'sound.wav'));
  const { call } = await telephone.dial(service.sipPort);
  expect(await directory.event(0, 'recording_stopped')).toMatchObject({ reason: 'disk_full' });
  const greeting = await directory.event(0, 'agent_spoke');
  expect(greeting.interrupted).toBe(false);
  await call.hangup();
  expect(await directory.event(0, 'ended')).toMatchObject({ reason: 'caller_hung_up' });
});

test('a service that closes makes its recordings whole first', async () => {
  await telephone.dial(service.sipPort);
  await directory.event(0, 'agent_spoke');
  await service.close();
  expect((await finished.promise).durationMs).toBeGreaterThan(900);
});
