import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { readWav, sine, toneLevelDbfs } from '@dialplane/audio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentBytes, readSealed, recoverRecording, SealedFileError, sealedKeyIn } from '../../src/index.ts';
import { CallRecording, type RecordingEvent } from '../../src/recording/call-recording.ts';
import type { ToRecorder } from '../../src/recording/protocol.ts';
import { RecorderPort } from '../../src/recording/recorder-port.ts';
import { openDesk } from './desk.ts';

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

/** A frame of a tone that goes on from tick to tick, and silence outside. */
function toneFrames(frequencyHz: number, isOn: (tick: number) => boolean): (tick: number) => Int16Array {
  // A whole number of periods: frames join without a click.
  const frame = sine({ frequencyHz, sampleRate: 8000, durationMs: 20, levelDbfs: -12 });
  const silence = new Int16Array(160);
  return (tick) => (isOn(tick) ? frame : silence);
}

function level(samples: Int16Array | undefined, fromMs: number, toMs: number, frequencyHz: number): number {
  return toneLevelDbfs((samples ?? new Int16Array(0)).subarray(fromMs * 8, toMs * 8), 8000, frequencyHz);
}

/** Where a channel becomes louder than -30 dBFS for the first time after `fromMs`. */
function onsetMs(samples: Int16Array | undefined, fromMs: number): number {
  const at = (samples ?? new Int16Array(0)).subarray(fromMs * 8).findIndex((sample) => Math.abs(sample) > 1000);
  return fromMs + at / 8;
}

test('after a minute, tones are on the right channels at the right times', async () => {
  const call = desk.record();
  const heard = toneFrames(400, (tick) => tick >= 2900 && tick < 2950);
  const sent = toneFrames(1000, (tick) => (tick >= 100 && tick < 150) || (tick >= 2950 && tick < 3000));
  await call.pass(60, heard, sent);
  await call.finish();
  const { sampleRate, channels } = readWav(readFileSync(call.plan.path));
  const [caller, agent] = channels;
  expect(sampleRate).toBe(8000);
  expect(channels.map(({ length }) => length)).toEqual([480_000, 480_000]);
  expect(Math.abs(onsetMs(agent, 0) - 2000)).toBeLessThan(20);
  expect(Math.abs(onsetMs(caller, 0) - 58_000)).toBeLessThan(20);
  expect(Math.abs(onsetMs(agent, 30_000) - 59_000)).toBeLessThan(20);
  expect(level(caller, 58_000, 59_000, 400)).toBeCloseTo(-12, 0);
  expect(level(agent, 58_000, 59_000, 400)).toBeLessThan(-60);
  expect(level(agent, 59_000, 60_000, 1000)).toBeCloseTo(-12, 0);
  expect(call.events).toEqual([
    { kind: 'recording_started', format: 'wav', encrypted: false },
    { kind: 'recording_stopped', reason: 'call_ended', durationMs: 60_000 },
  ]);
  const content = readFileSync(call.plan.path);
  expect(call.reports).toEqual([
    {
      type: 'finished',
      recording: {
        id: 'call-1',
        durationMs: 60_000,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    },
  ]);
});

test('the waveform has a byte for each channel and 100 ms, as loud as the sound', async () => {
  const call = desk.record();
  await call.pass(
    3,
    toneFrames(400, (tick) => tick >= 50 && tick < 100),
    toneFrames(1000, (tick) => tick >= 100),
  );
  await call.finish();
  const peaks = [...readFileSync(call.plan.peaksPath)];
  expect(peaks).toHaveLength(60);
  const caller = peaks.filter((_, i) => i % 2 === 0);
  const agent = peaks.filter((_, i) => i % 2 === 1);
  expect(caller.map((peak) => peak > 50)).toEqual(caller.map((_, i) => i >= 10 && i < 20));
  expect(agent.map((peak) => peak > 50)).toEqual(agent.map((_, i) => i >= 20));
});

test('ticks left out after a stall are silence, so that later sound keeps its time', async () => {
  const call = desk.record();
  await call.pass(
    1,
    toneFrames(400, () => true),
  );
  call.recording.tick(49);
  call.recording.heard(toneFrames(1000, () => true)(0), 160);
  await call.finish();
  const [caller] = readWav(readFileSync(call.plan.path)).channels;
  expect(caller?.length).toBe(8000 + 49 * 160 + 160);
  expect(level(caller, 1020, 1900, 400)).toBeLessThan(-80);
  expect(Math.abs(onsetMs(caller, 1020) - 1980)).toBeLessThan(20);
});

test('a pause is silence of its length, for as long as anybody wants it', async () => {
  const call = desk.record();
  const tone = toneFrames(400, () => true);
  await call.pass(1, tone, tone);
  call.recording.pause('api');
  call.recording.pause('digits_masked');
  await call.pass(1, tone, tone);
  call.recording.resume('api');
  await call.pass(1, tone, tone);
  call.recording.resume('digits_masked');
  call.recording.resume('digits_masked');
  await call.pass(1, tone, tone);
  await call.finish();
  for (const channel of readWav(readFileSync(call.plan.path)).channels) {
    expect(channel.length).toBe(4 * 8000);
    expect(level(channel, 0, 900, 400)).toBeCloseTo(-12, 0);
    expect(channel.subarray(8000 + 160, 24_000 - 160).every((sample) => sample === 0)).toBe(true);
    expect(level(channel, 3100, 3900, 400)).toBeCloseTo(-12, 0);
  }
  expect(call.events.slice(1, 3)).toEqual([
    { kind: 'recording_paused', by: 'api' },
    { kind: 'recording_resumed', by: 'digits_masked' },
  ]);
});

test('an encrypted recording shows nothing, opens with its key, in any stretch, and only unchanged', async () => {
  const seal = { key: new Uint8Array(randomBytes(32)), sealedKey: 'v1.sealed' };
  const call = desk.record({ seal });
  await call.pass(
    5,
    toneFrames(400, () => true),
  );
  await call.finish();
  const file = readFileSync(call.plan.path);
  expect(file.includes('RIFF')).toBe(false);
  expect(sealedKeyIn('call-1', file)).toBe('v1.sealed');
  const bytes = contentBytes(file.length);
  const read = async (from: number, to: number) => file.subarray(from, to);
  const content = await readSealed({ key: seal.key, id: 'call-1' }, read, 0, bytes);
  const [caller] = readWav(content).channels;
  expect(caller?.length).toBe(5 * 8000);
  expect(level(caller, 100, 4900, 400)).toBeCloseTo(-12, 0);
  for (const [from, to] of [
    [0, 10],
    [16_380, 16_390],
    [40_000, 40_001],
    [bytes - 5, bytes],
  ] as const) {
    expect(await readSealed({ key: seal.key, id: 'call-1' }, read, from, to)).toEqual(content.subarray(from, to));
  }
  await expect(readSealed({ key: seal.key, id: 'call-2' }, read, 0, 10)).rejects.toThrow(SealedFileError);
  file[600] = (file[600] ?? 0) ^ 1;
  await expect(readSealed({ key: seal.key, id: 'call-1' }, read, 0, 10)).rejects.toThrow(SealedFileError);
  expect(call.reports).toMatchObject([{ recording: { sha256: createHash('sha256').update(content).digest('hex') } }]);
});

test.each([undefined, { key: new Uint8Array(32).fill(7), sealedKey: 'v1.sealed' }])(
  'what a killed process left behind becomes whole (%o)',
  async (seal) => {
    const call = desk.record({ seal });
    await call.pass(
      4,
      toneFrames(400, () => true),
    );
    // As it is on the disk in mid-call.
    const path = join(desk.folder, 'left-behind');
    writeFileSync(path, readFileSync(call.plan.path));
    if (!seal) expect(readWav(readFileSync(path)).channels[0]?.length).toBe(3 * 8000);
    const recovered = await recoverRecording({ id: 'call-1', format: 'wav', path, seal });
    // Of an encrypted one, whole chunks.
    const bytes = seal ? 2 * 16_384 : 58 + 3 * 16_000;
    expect(recovered).toMatchObject({ durationMs: (bytes - 58) / 16, bytes });
    await call.finish();
  },
);

test('a full disk ends the recording and nothing else', async () => {
  const path = join(desk.folder, 'full');
  symlinkSync('/dev/full', path);
  const call = desk.record({ path });
  await call.pass(
    3,
    toneFrames(400, () => true),
  );
  await call.finish();
  expect(call.events).toEqual([
    { kind: 'recording_started', format: 'wav', encrypted: false },
    { kind: 'recording_stopped', reason: 'disk_full', durationMs: expect.any(Number) },
  ]);
  expect(call.reports).toMatchObject([{ type: 'failed', id: 'call-1', message: expect.stringContaining('ENOSPC') }]);
});

test('a place that cannot be written to ends the recording and nothing else', async () => {
  writeFileSync(join(desk.folder, 'file'), '');
  const call = desk.record({ path: join(desk.folder, 'file', 'below') });
  await call.pass(
    2,
    toneFrames(400, () => true),
  );
  await call.finish();
  expect(call.events.at(-1)).toMatchObject({ kind: 'recording_stopped', reason: 'write_failed' });
});

test('while the disk stands still, no more than five blocks wait; what is missing is silence afterwards', async () => {
  const { port1, port2 } = new MessageChannel();
  const sent: ToRecorder[] = [];
  port1.on('message', (message: ToRecorder) => sent.push(message));
  const events: RecordingEvent[] = [];
  const plan = { id: 'a', format: 'wav', path: '', peaksPath: '', seal: undefined } as const;
  const recording = new CallRecording(plan, new RecorderPort(port2), (event) => events.push(event));
  const frame = toneFrames(400, () => true)(0);
  for (let tick = 0; tick < 50 * 60; tick++) {
    recording.tick(0);
    recording.heard(frame, 160);
  }
  recording.stop();
  while (!sent.some((message) => message.type === 'block' && message.isLast)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const blocks = sent.filter((message) => message.type === 'block');
  expect(blocks).toHaveLength(6);
  expect(blocks.at(-1)?.missing).toBe((60 - 5) * 8000);
  port1.close();
});

test('when the recording thread dies, its recordings end', () => {
  const first = new MessageChannel();
  const second = new MessageChannel();
  const port = new RecorderPort(first.port2);
  const events: RecordingEvent[] = [];
  const plan = { id: 'a', format: 'opus', path: '', peaksPath: '', seal: undefined } as const;
  const recording = new CallRecording(plan, port, (event) => events.push(event));
  port.replace(second.port2);
  recording.stop();
  expect(events).toMatchObject([{ kind: 'recording_started' }, { kind: 'recording_stopped', reason: 'recorder_lost' }]);
  for (const { port1 } of [first, second]) port1.close();
});

test('Opus is recorded with its length', async () => {
  const call = desk.record({ format: 'opus' });
  await call.pass(
    2,
    toneFrames(400, () => true),
  );
  await call.finish();
  const file = readFileSync(call.plan.path);
  expect(file.toString('latin1', 0, 4)).toBe('OggS');
  expect(file.length).toBeLessThan(2 * 8000);
  expect(call.reports).toMatchObject([{ recording: { durationMs: 2000, bytes: file.length } }]);
});
