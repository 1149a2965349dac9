import { activeLevelDbfs, medianPitchHz, rmsDbfs } from '@dialplane/audio';
import { createFliteSynthesiser, SpeechError } from '@dialplane/speech';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spokenSound } from './spoken-sound.ts';

type Flite = Awaited<ReturnType<typeof createFliteSynthesiser>>;

const sentence = 'We are open from nine in the morning, and we close at six.';
let flite: Flite;

beforeAll(async () => {
  flite = await createFliteSynthesiser();
});
afterAll(async () => {
  await flite.close();
});

describe('the embedded voices', () => {
  it.each([
    ['rms', 8000, 90, 120],
    ['rms', 16000, 90, 120],
    ['slt', 8000, 150, 185],
    ['awb', 16000, 110, 145],
    ['kal16', 8000, 75, 105],
  ] as const)('%s at %i Hz speaks at its own pitch and at telephone level', async (voice, sampleRate, low, high) => {
    const { samples } = await spokenSound(flite, { text: sentence, voice, sampleRate });
    const pitch = medianPitchHz(samples, sampleRate);
    expect(pitch).toBeGreaterThan(low);
    expect(pitch).toBeLessThan(high);
    expect(Math.abs(activeLevelDbfs(samples, sampleRate) + 20)).toBeLessThan(1.5);
    const seconds = samples.length / sampleRate;
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThan(6);
  });

  it('begins within 50 ms of the first chunk and ends soon after the last word', async () => {
    const { samples } = await spokenSound(flite, { text: 'Tomorrow.', voice: 'rms', sampleRate: 8000 });
    const loudAt = samples.findIndex((sample) => Math.abs(sample) > 500);
    expect(loudAt).toBeLessThan(0.1 * 8000);
    expect(rmsDbfs(samples, 0, 80)).toBeLessThan(-50);
    const lastLoud = samples.findLastIndex((sample) => Math.abs(sample) > 500);
    expect(samples.length - lastLoud).toBeLessThan(0.2 * 8000);
  });

  it('gives chunks of at most 200 ms and every word in the chunk in which it ends', async () => {
    const { chunks } = await spokenSound(flite, { text: sentence, voice: 'slt', sampleRate: 8000 });
    let from = 0;
    for (const chunk of chunks) {
      expect(chunk.samples.length).toBeLessThanOrEqual(1600);
      const to = from + chunk.samples.length;
      for (const word of chunk.words) {
        expect(word.endSample).toBeGreaterThan(from);
        expect(word.endSample).toBeLessThanOrEqual(to);
      }
      from = to;
    }
  });

  it('places words in the text as it was written, in rising order', async () => {
    const text = 'Dr. Lee charges $9.50 at 9:30 am, call 555-0100!';
    const { words, samples } = await spokenSound(flite, { text, voice: 'rms', sampleRate: 8000 });
    expect(words.map((word) => text.slice(word.from, word.to))).toEqual([
      ...['Dr.', 'Lee', 'charges', '$9.50', 'at', '9:30 am', 'call', '555-', '0100'],
    ]);
    const ends = words.map((word) => word.endSample);
    expect(ends).toEqual(ends.toSorted((a, b) => a - b));
    expect(ends.at(-1)).toBeLessThanOrEqual(samples.length);
    // "nine dollars and fifty cents" takes longer than "at".
    const lengths = ends.map((end, index) => end - (ends[index - 1] ?? 0));
    expect(lengths[3]).toBeGreaterThan(4 * (lengths[4] ?? 0));
  });

  it('finds the pause between two clauses where it says the word ends', async () => {
    const { words, samples } = await spokenSound(flite, { text: 'Hello, goodbye.', voice: 'rms', sampleRate: 8000 });
    const end = words[0]?.endSample ?? 0;
    expect(rmsDbfs(samples, end + 160, end + 800)).toBeLessThan(rmsDbfs(samples) - 15);
  });
});

describe('requests', () => {
  it('serves many at once, each with its own sound', async () => {
    const texts = ['One.', 'Two and a half.', 'Three and three quarters.'];
    const alone = [];
    for (const text of texts) alone.push((await spokenSound(flite, { text, voice: 'rms', sampleRate: 8000 })).samples);
    const together = await Promise.all(
      texts.map((text) => spokenSound(flite, { text, voice: 'rms', sampleRate: 8000 })),
    );
    expect(together.map(({ samples }) => samples)).toEqual(alone);
  });

  it('ends early without error when aborted in the queue, in the thread, and while reading', async () => {
    const queued = new AbortController();
    const first = spokenSound(flite, { text: sentence, voice: 'rms', sampleRate: 8000 });
    const second = spokenSound(flite, { text: 'Never.', voice: 'rms', sampleRate: 8000 }, queued.signal);
    queued.abort();
    expect((await second).samples.length).toBe(0);
    expect((await first).samples.length).toBeGreaterThan(8000);

    const reading = new AbortController();
    let chunks = 0;
    for await (const _ of flite.synthesise({ text: sentence, voice: 'rms', sampleRate: 8000 }, reading.signal)) {
      chunks++;
      reading.abort();
    }
    expect(chunks).toBe(1);
  });

  it('speaks nothing for text without words', async () => {
    expect((await spokenSound(flite, { text: ' ... !', voice: 'rms', sampleRate: 8000 })).chunks).toEqual([]);
  });

  it('refuses an unknown voice and names those it has', async () => {
    const refusal = spokenSound(flite, { text: 'Hello.', voice: 'nova', sampleRate: 8000 });
    await expect(refusal).rejects.toThrow(SpeechError);
    await expect(refusal).rejects.toMatchObject({ code: 'voice_unknown', errorClass: 'theirs' });
    await expect(refusal).rejects.toThrow('rms, slt, awb, kal16');
  });

  it('gives nothing to those who wait when it is closed, and fails afterwards', async () => {
    const closing = await createFliteSynthesiser();
    const waiting = spokenSound(closing, { text: sentence, voice: 'slt', sampleRate: 8000 });
    await closing.close();
    expect((await waiting).chunks).toEqual([]);
    await expect(spokenSound(closing, { text: 'Hello.', voice: 'slt', sampleRate: 8000 })).rejects.toMatchObject({
      code: 'synthesiser_failed',
    });
  });
});
