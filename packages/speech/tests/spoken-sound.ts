/** Collects what a synthesiser streams, for tests that look at the whole sound. */
import type { SpeechChunk, SpokenWord, Synthesiser, SynthesisRequest } from '@dialplane/speech';

export interface SpokenSound {
  readonly chunks: readonly SpeechChunk[];
  readonly samples: Int16Array;
  readonly words: readonly SpokenWord[];
}

export async function spokenSound(
  synthesiser: Synthesiser,
  request: SynthesisRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<SpokenSound> {
  const chunks: SpeechChunk[] = [];
  for await (const chunk of synthesiser.synthesise(request, signal)) chunks.push(chunk);
  return {
    chunks,
    samples: Int16Array.from(chunks.flatMap((chunk) => [...chunk.samples])),
    words: chunks.flatMap((chunk) => [...chunk.words]),
  };
}
