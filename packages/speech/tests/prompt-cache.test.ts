import { type SpeechChunk, type Synthesiser, type SynthesisRequest, withPromptCache } from '@dialplane/speech';
import { describe, expect, it, vi } from 'vitest';
import { spokenSound } from './spoken-sound.ts';

/** One second of one value per text at 8 kHz, in two chunks, and a list of what was asked. */
function countingSynthesiser(halfMs = 0): Synthesiser & { asked: string[]; aborted: number; failNext: boolean } {
  return {
    name: 'counting',
    voices: [],
    asked: [],
    aborted: 0,
    failNext: false,
    async *synthesise({ text, voice }: SynthesisRequest, signal: AbortSignal): AsyncIterable<SpeechChunk> {
      this.asked.push(`${voice}:${text}`);
      if (this.failNext) {
        this.failNext = false;
        throw new Error('engine broken');
      }
      for (const half of [0, 1]) {
        await new Promise((resolve) => setTimeout(resolve, halfMs));
        if (signal.aborted) {
          this.aborted++;
          return;
        }
        const words = half === 0 ? [] : [{ from: 0, to: text.length, endSample: 8000 }];
        yield { samples: new Int16Array(4000).fill(text.length), words };
      }
    },
  };
}

const request = (text: string, voice = 'rms') => ({ text, voice, sampleRate: 8000 }) as const;
const TWO_PROMPTS = { maxBytes: 2 * 16_000 };

describe('prompts that were spoken before', () => {
  it('come back the same without a second synthesis', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, TWO_PROMPTS);
    const first = await spokenSound(cached, request('Hello'));
    const second = await spokenSound(cached, request('Hello'));
    expect(second).toEqual(first);
    expect(first.samples.length).toBe(8000);
    expect(first.words).toEqual([{ from: 0, to: 5, endSample: 8000 }]);
    expect(engine.asked).toEqual(['rms:Hello']);
  });

  it('differ by voice and rate', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, { maxBytes: 1e6 });
    await spokenSound(cached, request('Hello'));
    await spokenSound(cached, request('Hello', 'slt'));
    await spokenSound(cached, { ...request('Hello'), sampleRate: 16000 });
    expect(engine.asked.length).toBe(3);
  });

  it('are synthesised once for all who ask at the same time', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, TWO_PROMPTS);
    const sounds = await Promise.all([1, 2, 3].map(() => spokenSound(cached, request('Hello'))));
    expect(sounds.map(({ samples }) => samples.length)).toEqual([8000, 8000, 8000]);
    expect(engine.asked.length).toBe(1);
  });

  it('make room by age of use', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, TWO_PROMPTS);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await spokenSound(cached, request(text));
    expect(engine.asked).toEqual(['rms:a', 'rms:b', 'rms:c', 'rms:b']);
  });

  it('are not kept when larger than the cache', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, { maxBytes: 1000 });
    await spokenSound(cached, request('Hello'));
    await spokenSound(cached, request('Hello'));
    expect(engine.asked.length).toBe(2);
  });

  it('go on for the others when one of those who wait aborts, and stop when all do', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, TWO_PROMPTS);
    const impatient = new AbortController();
    const gone = spokenSound(cached, request('Hello'), impatient.signal);
    const stays = spokenSound(cached, request('Hello'));
    impatient.abort();
    expect((await gone).samples.length).toBe(0);
    expect((await stays).samples.length).toBe(8000);

    const slow = countingSynthesiser(100);
    const alone = new AbortController();
    const aborted = spokenSound(withPromptCache(slow, TWO_PROMPTS), request('Goodbye'), alone.signal);
    alone.abort();
    expect((await aborted).samples.length).toBe(0);
    await vi.waitFor(() => expect(slow.aborted).toBe(1));
  });

  it('are not started anew when they are wanted again right after they were cancelled', async () => {
    const engine = countingSynthesiser(100);
    const cached = withPromptCache(engine, TWO_PROMPTS);
    const guess = new AbortController();
    const cancelled = spokenSound(cached, request('We are open'), guess.signal);
    guess.abort();
    await cancelled;
    expect((await spokenSound(cached, request('We are open'))).samples.length).toBe(8000);
    expect(engine.asked.length).toBe(1);
  });

  it('are asked for anew after a failure', async () => {
    const engine = countingSynthesiser();
    const cached = withPromptCache(engine, TWO_PROMPTS);
    engine.failNext = true;
    await expect(spokenSound(cached, request('Hello'))).rejects.toThrow('engine broken');
    expect((await spokenSound(cached, request('Hello'))).samples.length).toBe(8000);
  });
});
