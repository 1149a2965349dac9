import { describe, expect, it, test } from 'vitest';
import { createVoiceCodec, Doubler, Halver, rmsDbfs, sine, toneLevelDbfs, type VoiceCodecName } from '../src/index.ts';

const LEVEL_DBFS = -12;

/** A second of a tone through the codec and back, packet by packet. */
function through(name: VoiceCodecName, frequencyHz: number): { sound: Int16Array; rateHz: number; bytes: number } {
  const sender = createVoiceCodec(name);
  const receiver = createVoiceCodec(name);
  const { rateHz } = sender;
  const sent = sine({ frequencyHz, sampleRate: rateHz, durationMs: 1000, levelDbfs: LEVEL_DBFS });
  const frame = rateHz / 50;
  const sound = new Int16Array(sent.length);
  const packet = new Uint8Array(1500);
  let bytes = 0;
  for (let at = 0; at < sent.length; at += frame) {
    const length = sender.encode(sent.subarray(at, at + frame), packet, 12);
    bytes += length;
    expect(receiver.decode(packet, 12, 12 + length, sound, at)).toBe(frame);
  }
  return { sound, rateHz, bytes };
}

describe.each([
  ['PCMU', 8000, 440],
  ['PCMA', 8000, 440],
  ['G722', 16_000, 440],
  ['G722', 16_000, 6000],
  ['opus', 16_000, 440],
  ['opus', 16_000, 6000],
] as const)('%s at %i Hz', (name, rateHz, frequencyHz) => {
  it(`gives back a tone of ${frequencyHz} Hz at its level`, () => {
    const { sound, rateHz: rate } = through(name, frequencyHz);
    expect(rate).toBe(rateHz);
    // Behind the codec's own delay and the start of its adaptation.
    const heard = sound.subarray(sound.length / 2);
    expect(Math.abs(toneLevelDbfs(heard, rate, frequencyHz) - LEVEL_DBFS)).toBeLessThan(1.5);
  });
});

test('packets are as long as their formats say', () => {
  expect(through('PCMU', 440).bytes).toBe(8000);
  expect(through('G722', 440).bytes).toBe(8000);
  expect(through('opus', 440).bytes).toBeLessThan(5000);
});

test('Opus packets of 60 ms and rubbish in place of one are read for what they are', () => {
  const codec = createVoiceCodec('opus');
  const packet = new Uint8Array(1500);
  const bytes = createVoiceCodec('opus').encode(new Int16Array(960), packet, 0);
  const out = new Int16Array(2000);
  expect(codec.decode(packet, 0, bytes, out, 0)).toBe(960);
  expect(codec.decode(Uint8Array.of(0xff, 0xff, 0xff), 0, 3, out, 0)).toBe(0);
  expect(codec.decode(packet, 0, bytes, out, 0)).toBe(960);
});

describe('half and twice the rate', () => {
  const speech = sine({ frequencyHz: 1000, sampleRate: 8000, durationMs: 1000, levelDbfs: LEVEL_DBFS });

  function doubled(samples: Int16Array): Int16Array {
    const doubler = new Doubler();
    const out = new Int16Array(2 * samples.length);
    const part = new Int16Array(320);
    for (let at = 0; at < samples.length; at += 160) {
      doubler.process(samples.subarray(at, at + 160), 160, part);
      out.set(part, 2 * at);
    }
    return out;
  }

  function halved(samples: Int16Array): Int16Array {
    const halver = new Halver();
    const out = new Int16Array(samples.length / 2);
    for (let at = 0; at < samples.length; at += 320) {
      halver.process(samples.subarray(at, at + 320), 320, out.subarray(at / 2, at / 2 + 160));
    }
    return out;
  }

  it('keeps a tone, without an image', () => {
    const wide = doubled(speech).subarray(320);
    expect(toneLevelDbfs(wide, 16_000, 1000)).toBeCloseTo(LEVEL_DBFS, 1);
    expect(toneLevelDbfs(wide, 16_000, 7000)).toBeLessThan(LEVEL_DBFS - 60);
  });

  it('comes back as it went', () => {
    const back = halved(doubled(speech)).subarray(320);
    expect(toneLevelDbfs(back, 8000, 1000)).toBeCloseTo(LEVEL_DBFS, 1);
  });

  it('takes away what the lower rate cannot carry', () => {
    const hiss = sine({ frequencyHz: 5500, sampleRate: 16_000, durationMs: 1000, levelDbfs: LEVEL_DBFS });
    expect(rmsDbfs(halved(hiss).subarray(320))).toBeLessThan(LEVEL_DBFS - 60);
  });
});
