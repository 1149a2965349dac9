import { createFliteSynthesiser, type Synthesiser } from '@dialplane/speech';

/** A caller's voice: text to 8 kHz samples. */
export interface CallerVoice {
  speak(text: string, voice: string): Promise<Int16Array>;
  close(): Promise<void>;
}

export async function openCallerVoice(): Promise<CallerVoice> {
  const synthesiser = await createFliteSynthesiser();
  return {
    speak: (text, voice) => wholeSound(synthesiser, text, voice),
    close: () => synthesiser.close(),
  };
}

async function wholeSound(synthesiser: Synthesiser, text: string, voice: string): Promise<Int16Array> {
  const never = new AbortController().signal;
  const samples: number[] = [];
  for await (const chunk of synthesiser.synthesise({ text, voice, sampleRate: 8000 }, never))
    samples.push(...chunk.samples);
  return Int16Array.from(samples);
}
