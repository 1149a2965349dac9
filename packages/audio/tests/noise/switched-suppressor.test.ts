import { beforeAll, describe, expect, it } from 'vitest';
import {
  loadNoiseSuppression,
  loadSilero,
  type NoiseSuppression,
  rmsDbfs,
  type SileroRuntime,
  SpeechDetector,
  type SuppressionMode,
  SwitchedSuppressor,
} from '../../src/index.ts';
import { suppressionTable } from '../../src/noise/suppression-table.ts';
import { pinkNoise, whiteNoise } from '../noise.ts';
import { inTurn, mixed, sentence } from './noisy-speech.ts';

let suppression: NoiseSuppression;
let silero: SileroRuntime;

beforeAll(async () => {
  suppression = await loadNoiseSuppression();
  silero = await loadSilero();
});

/** What a detector hears behind the switch, and when it switched, in ms. */
function heard(line: Int16Array, mode: SuppressionMode) {
  const switches: { readonly atMs: number; readonly engaged: boolean; readonly snrDb: number | undefined }[] = [];
  const detector = new SpeechDetector(silero);
  let atMs = 0;
  const suppressor = new SwitchedSuppressor({
    mode,
    sampleRate: 8000,
    suppression,
    onSwitch: (engaged, snrDb) => switches.push({ atMs, engaged, snrDb }),
  });
  // Whole frames only.
  const out = new Int16Array(line.length - (line.length % 160));
  for (let from = 0; from < out.length; from += 160) {
    const frame = suppressor.process(line.subarray(from, from + 160), detector);
    out.set(frame, from);
    detector.hear(frame);
    atMs += 20;
  }
  const { engaged, snrDb } = suppressor;
  suppressor.close();
  detector.close();
  return { out, switches, engaged, snrDb };
}

const words = sentence('slt-night');
const more = sentence('rms-hours');
const talk = inTurn(2000, words, 1500, more, 1500);
const noiseAt = (snrDb: number) => rmsDbfs(words) - snrDb;

const isSame = (out: Int16Array, line: Int16Array) => out.every((sample, i) => sample === line[i]);

/** The largest step between neighbouring samples. */
const steepest = (samples: Int16Array) =>
  samples.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - (samples[i - 1] ?? 0)))), 0);

describe('automatic noise suppression', () => {
  it.each([
    ['white', whiteNoise],
    ['pink', pinkNoise],
  ])('switches in before the first word in %s noise 8 dB under the voice', (_, noise) => {
    const line = mixed(talk, noise(talk.length, noiseAt(8)));
    const { out, switches, engaged, snrDb } = heard(line, 'auto');
    expect(switches).toHaveLength(1);
    expect(switches[0]?.atMs).toBeLessThan(2000);
    expect(engaged).toBe(true);
    expect(snrDb).toBeGreaterThan(4);
    expect(snrDb).toBeLessThan(13);
    // The pause between the sentences.
    const pause = 16000 + words.length + 4000;
    expect(rmsDbfs(line, pause, pause + 6000) - rmsDbfs(out, pause, pause + 6000)).toBeGreaterThan(20);
  });

  it.each([25, 40])('leaves a line alone whose noise is %i dB under the voice', (snrDb) => {
    const line = mixed(talk, pinkNoise(talk.length, noiseAt(snrDb)));
    const { out, switches } = heard(line, 'auto');
    expect(switches).toEqual([]);
    expect(isSame(out, line)).toBe(true);
  });

  it('leaves a line without any sound in its pauses alone', () => {
    const { out, switches } = heard(talk, 'auto');
    expect(switches).toEqual([]);
    expect(isSame(out, talk)).toBe(true);
  });

  it('stays as it is while the noise lies between the two borders', () => {
    const between = inTurn(talk, talk, talk);
    const quiet = heard(mixed(between, pinkNoise(between.length, noiseAt(18.5))), 'auto');
    expect(quiet.switches).toEqual([]);
  });

  it('switches out again when the noise has gone', () => {
    const line = inTurn(
      mixed(talk, pinkNoise(talk.length, noiseAt(8))),
      mixed(inTurn(talk, talk), pinkNoise(2 * talk.length, noiseAt(35))),
    );
    const { switches } = heard(line, 'auto');
    expect(switches.map(({ engaged }) => engaged)).toEqual([true, false]);
  });

  it('switches without a click', () => {
    const line = mixed(talk, pinkNoise(talk.length, noiseAt(8)));
    const { out, switches } = heard(line, 'auto');
    const at = (switches[0]?.atMs ?? 0) * 8;
    expect(at).toBeGreaterThan(0);
    const usual = steepest(line.subarray(at - 4000, at));
    expect(steepest(out.subarray(at - 160, at + 480))).toBeLessThanOrEqual(usual);
  });
});

describe('noise suppression by choice', () => {
  it('is there from the first sample on when it is on', () => {
    const line = mixed(talk, whiteNoise(talk.length, noiseAt(30)));
    const { out, engaged, switches } = heard(line, 'on');
    expect(engaged).toBe(true);
    expect(switches).toEqual([]);
    expect(rmsDbfs(line, 8000, 16000) - rmsDbfs(out, 8000, 16000)).toBeGreaterThan(15);
  });

  it('touches nothing when it is off', () => {
    const line = mixed(talk, whiteNoise(talk.length, noiseAt(3)));
    expect(isSame(heard(line, 'off').out, line)).toBe(true);
  });
});

describe('the table of noise suppression', () => {
  const rows = Object.entries(suppressionTable).flatMap(([from, events]) =>
    Object.entries(events).map(([event, transition]) => ({ from, event, transition })),
  );

  it.each(rows)('$from, $event', ({ from, event, transition }) => {
    // The network runs in every state but `out`: what begins it leaves that state, what ends it leads there.
    expect(transition?.effects.includes('begin') ?? false).toBe(from === 'out' && event === 'noisy');
    expect(transition?.effects.includes('end') ?? false).toBe(from !== 'out' && event === 'clear');
    expect(transition?.effects.includes('fade_in') ?? false).toBe(transition?.to === 'in');
    expect(transition?.effects.includes('fade_out') ?? false).toBe(from === 'in' && transition?.to === 'out');
  });
});
