/** Keeps what has been spoken before: greetings, silence prompts and goodbyes then start at once. */
import { soundChunks } from './sound-chunks.ts';
import type { SpeechChunk, SpokenWord, Synthesiser, SynthesisRequest } from './synthesiser.ts';

export interface PromptCacheOptions {
  /** Bound on the sound kept; the prompts unused for longest go first. */
  readonly maxBytes: number;
}

interface Prompt {
  readonly samples: Int16Array;
  readonly words: readonly SpokenWord[];
}

/**
 * A reply that is asked for again with more knowledge usually begins with the same words: what was cancelled is wanted
 * again a few milliseconds later, and starting anew would cost the time that was already spent.
 */
const regretMs = 50;

/** A synthesis shared by all who ask for the same prompt while it runs; it stops when none of them is left. */
interface RunningPrompt {
  readonly result: Promise<Prompt | null>;
  readonly controller: AbortController;
  waiting: number;
}

/** Wraps a synthesiser so that each (text, voice, rate) is synthesised once. Failures and aborted prompts are not kept. */
export function withPromptCache(synthesiser: Synthesiser, { maxBytes }: PromptCacheOptions): Synthesiser {
  // A Map keeps insertion order, so its first key is the one unused for longest.
  const kept = new Map<string, Prompt>();
  const running = new Map<string, RunningPrompt>();
  let bytes = 0;

  function keep(key: string, prompt: Prompt): void {
    if (prompt.samples.byteLength > maxBytes) return;
    kept.set(key, prompt);
    bytes += prompt.samples.byteLength;
    for (const [oldest, { samples }] of kept) {
      if (bytes <= maxBytes) break;
      kept.delete(oldest);
      bytes -= samples.byteLength;
    }
  }

  function start(key: string, request: SynthesisRequest): RunningPrompt {
    const controller = new AbortController();
    const result = collect(synthesiser.synthesise(request, controller.signal))
      .then((prompt) => {
        if (controller.signal.aborted) return null;
        keep(key, prompt);
        return prompt;
      })
      .finally(() => {
        if (running.get(key) === prompt) running.delete(key);
      });
    const prompt: RunningPrompt = { result, controller, waiting: 0 };
    running.set(key, prompt);
    return prompt;
  }

  function giveUp(key: string, prompt: RunningPrompt): void {
    if (prompt.waiting > 0) return;
    prompt.controller.abort();
    if (running.get(key) === prompt) running.delete(key);
  }

  async function find(request: SynthesisRequest, signal: AbortSignal): Promise<Prompt | null> {
    const key = JSON.stringify([request.voice, request.sampleRate, request.text]);
    const hit = kept.get(key);
    if (hit !== undefined) {
      kept.delete(key);
      kept.set(key, hit);
      return hit;
    }
    const prompt = running.get(key) ?? start(key, request);
    prompt.waiting++;
    try {
      return await Promise.race([prompt.result, aborted(signal)]);
    } finally {
      prompt.waiting--;
      if (prompt.waiting === 0 && signal.aborted) setTimeout(() => giveUp(key, prompt), regretMs);
    }
  }

  return {
    name: synthesiser.name,
    voices: synthesiser.voices,
    async *synthesise(request, signal): AsyncIterable<SpeechChunk> {
      if (signal.aborted) return;
      const prompt = await find(request, signal);
      if (prompt === null) return;
      for (const chunk of soundChunks(prompt.samples, prompt.words, request.sampleRate)) {
        if (signal.aborted) return;
        yield chunk;
      }
    },
  };
}

async function collect(chunks: AsyncIterable<SpeechChunk>): Promise<Prompt> {
  const parts: SpeechChunk[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.samples.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part.samples, at);
    at += part.samples.length;
  }
  return { samples, words: parts.flatMap((part) => part.words) };
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
}
