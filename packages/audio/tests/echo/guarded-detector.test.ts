import { beforeAll, describe, expect, it } from 'vitest';
import { GuardedDetector, loadSilero, type SileroRuntime, SpeechDetector } from '../../src/index.ts';
import { inTurn, mixed, sentence } from '../noise/noisy-speech.ts';
import { type EchoPath, echoOf, overTheLine } from './echo-path.ts';

let silero: SileroRuntime;

beforeAll(async () => {
  silero = await loadSilero();
});

/** What a detector with and one without the guard say, frame by frame, of a call in which both sides send this. */
function call(agent: Int16Array, line: Int16Array) {
  const heard = overTheLine(line);
  const inner = new SpeechDetector(silero);
  const guarded = new GuardedDetector(inner);
  const speakingMs: number[] = [];
  const unguardedMs: number[] = [];
  let suspiciousMs = 0;
  let longestRunMs = 0;
  for (let from = 0; from + 160 <= heard.length; from += 160) {
    guarded.hear(heard.subarray(from, from + 160));
    guarded.sent(agent.subarray(from, from + 160));
    const atMs = from / 8 + 20;
    if (guarded.speaking) speakingMs.push(atMs);
    if (inner.speaking) unguardedMs.push(atMs);
    if (guarded.probability >= 0.5) suspiciousMs += 20;
    longestRunMs = Math.max(longestRunMs, guarded.speechRunMs);
  }
  const { echoDelayMs, silenceMs } = guarded;
  inner.close();
  return { speakingMs, unguardedMs, suspiciousMs, longestRunMs, echoDelayMs, silenceMs };
}

const agent = inTurn(500, sentence('slt-night'), 200, sentence('slt-hours'), 400, sentence('slt-six'), 1200);

/** A second into the agent's first sentence. */
const callerFromMs = 1600;
const callersWords = sentence('rms-six');
const gained = (samples: Int16Array, db: number) => samples.map((sample) => sample * 10 ** (db / 20));
const withCaller = (line: Int16Array, db: number) =>
  mixed(line, inTurn(callerFromMs, gained(callersWords, db), 10_000));

const paths: readonly EchoPath[] = [
  { delayMs: 40, attenuationDb: 6, ringingMs: 0 },
  { delayMs: 180, attenuationDb: 12, ringingMs: 60 },
  { delayMs: 90, attenuationDb: 6, ringingMs: 200 },
  { delayMs: 330, attenuationDb: 20, ringingMs: 120 },
  { delayMs: 90, attenuationDb: 28, ringingMs: 200 },
  { delayMs: 480, attenuationDb: 10, ringingMs: 300 },
];

describe.each(paths)('an echo after $delayMs ms, $attenuationDb dB down, ringing for $ringingMs ms', (path) => {
  const echo = echoOf(agent, path);

  it('is never taken for the caller, though it sounds like speech', () => {
    const { speakingMs, unguardedMs, suspiciousMs, echoDelayMs, silenceMs } = call(agent, echo);
    expect(unguardedMs.length).toBeGreaterThan(200);
    expect(speakingMs).toEqual([]);
    // A frame or two before it is sure that it is the echo: the agent gets a little quieter for that long.
    expect(suspiciousMs).toBeLessThanOrEqual(40);
    expect(echoDelayMs).toBeCloseTo(path.delayMs, 0);
    // Nobody has spoken since the call began.
    expect(silenceMs).toBeCloseTo(Math.floor(echo.length / 160) * 20, 0);
  });

  it.each([0, 6])('does not hide a caller who speaks over it %i dB louder than usual', (db) => {
    const { speakingMs, longestRunMs } = call(agent, withCaller(echo, db));
    const first = speakingMs[0] ?? Number.POSITIVE_INFINITY;
    // The first sound of the words is 135 ms into the recording, the detector itself takes 100 ms.
    expect(first).toBeGreaterThan(callerFromMs + 135);
    expect(first).toBeLessThan(callerFromMs + 135 + 500);
    const during = speakingMs.filter((atMs) => atMs < callerFromMs + 2100);
    expect(during.length * 20).toBeGreaterThan(1300);
    // What was heard of the echo before does not count as the caller's.
    expect(longestRunMs).toBeLessThan(2400);
  });
});

describe('a caller without any echo', () => {
  const voices = ['rms-six', 'rms-night', 'slt-hours', 'slt-night'];
  const pairs = ['slt-night', 'rms-night', 'slt-six', 'rms-hours'].flatMap((ours) =>
    voices.filter((theirs) => theirs !== ours).map((theirs) => [theirs, ours] as const),
  );

  it.each(pairs)('is heard at once saying "%s" while we say "%s"', (theirs, ours) => {
    const both = inTurn(500, sentence(ours), 150, sentence(ours), 900);
    const line = mixed(new Int16Array(both.length), inTurn(900, sentence(theirs), 10_000));
    const { speakingMs, unguardedMs, echoDelayMs } = call(both, line);
    // A chance likeness hides a frame or two.
    expect((speakingMs[0] ?? 0) - (unguardedMs[0] ?? 0)).toBeLessThanOrEqual(40);
    expect(unguardedMs.length - speakingMs.length).toBeLessThanOrEqual(2);
    expect(echoDelayMs).toBeUndefined();
  });

  it('is heard in the first second of our greeting', () => {
    const line = mixed(new Int16Array(agent.length), inTurn(300, callersWords, 20_000));
    const { speakingMs, unguardedMs } = call(agent, line);
    expect(speakingMs).toEqual(unguardedMs);
  });
});

describe('an echo path that changes', () => {
  it('is found again within a fifth of a second', () => {
    const early = echoOf(agent, { delayMs: 60, attenuationDb: 10, ringingMs: 60 });
    const late = echoOf(agent, { delayMs: 240, attenuationDb: 14, ringingMs: 60 });
    const from = 3000 * 8;
    const line = Int16Array.from(agent, (_, i) => (i < from ? early : late)[i] ?? 0);
    const { speakingMs, echoDelayMs } = call(agent, line);
    expect(speakingMs.length * 20).toBeLessThanOrEqual(200);
    expect(echoDelayMs).toBeCloseTo(240, 0);
  });
});
