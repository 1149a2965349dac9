import { readFile } from 'node:fs/promises';
import { activeLevelDbfs, loadResampler, readWav } from '@dialplane/audio';
import type { Synthesiser } from '@dialplane/speech';
import { endOfSpeechSamples } from './agent-ear.ts';
import type { BackgroundSound } from './caller-mouth.ts';
import { createLineNoise, NOISE_DBFS, type NoiseKind } from './line-noise.ts';

const SAMPLE_RATE = 8000;

/** What the caller does in one turn. */
export type CallerLine =
  | { readonly say: string; readonly voice?: string }
  /** A recording of any rate; several channels are mixed. */
  | { readonly wav: string }
  /** Keys 0-9 * # A-D. */
  | { readonly digits: string };

/** A line with its sound at 8 kHz; without it, keys. */
export interface PreparedLine {
  readonly kind: 'say' | 'wav' | 'digits';
  /** As it is printed and reported. */
  readonly text: string;
  readonly samples: Int16Array;
  /** The sample after the last one that is speech. */
  readonly speechTo: number;
}

/** A recording to be played cannot be opened. */
export class UnreadableRecording extends Error {
  constructor(path: string, cause: unknown) {
    super(`Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
    this.name = 'UnreadableRecording';
  }
}

/** Makes the sound of all lines before the call, so that nothing has to be waited for in it. */
export async function prepareLines(
  lines: readonly CallerLine[],
  synthesiser: Synthesiser,
  voice: string,
): Promise<PreparedLine[]> {
  const prepared: PreparedLine[] = [];
  for (const line of lines) {
    if ('digits' in line) {
      prepared.push({ kind: 'digits', text: line.digits, samples: new Int16Array(0), speechTo: 0 });
    } else if ('wav' in line) {
      const samples = await readSound(line.wav);
      prepared.push({ kind: 'wav', text: line.wav, samples, speechTo: endOfSpeechSamples(samples) });
    } else {
      const samples = await speak(synthesiser, line.say, line.voice ?? voice);
      prepared.push({ kind: 'say', text: line.say, samples, speechTo: endOfSpeechSamples(samples) });
    }
  }
  return prepared;
}

/** Sentences nobody asks a phone agent, for the voices in the background. */
const BACKGROUND_TALK = [
  'The meeting has been moved to the large room upstairs.',
  'I told him that the train was late again this morning.',
  'She said the printer on the second floor is out of paper.',
  'We should have lunch at the new place around the corner.',
  'Nobody knows where the keys to the cabinet have gone.',
  'They painted the whole corridor over the weekend.',
];

/** The level of speech when there is none to measure: that of the synthesiser's voices. */
const USUAL_SPEECH_DBFS = -20;

/** Noise under all lines, `snrDb` below their average level without pauses. */
export async function prepareNoise(
  noise: { readonly kind: NoiseKind; readonly snrDb: number; readonly seed: number },
  lines: readonly PreparedLine[],
  synthesiser: Synthesiser,
): Promise<BackgroundSound> {
  const needsTalkers = noise.kind === 'babble' || noise.kind === 'office';
  const talkers: Int16Array[] = [];
  for (const [i, sentence] of needsTalkers ? BACKGROUND_TALK.entries() : []) {
    const voice = synthesiser.voices[i % synthesiser.voices.length];
    if (voice) talkers.push(await speak(synthesiser, sentence, voice.id));
  }
  const levels = lines
    .filter(({ speechTo }) => speechTo > 0)
    .map(({ samples }) => activeLevelDbfs(samples, SAMPLE_RATE));
  const speechDbfs =
    levels.length > 0 ? levels.reduce((sum, level) => sum + level, 0) / levels.length : USUAL_SPEECH_DBFS;
  return {
    samples: createLineNoise(noise.kind, { seed: noise.seed, talkers }),
    gain: 10 ** ((speechDbfs - noise.snrDb - NOISE_DBFS) / 20),
  };
}

async function speak(synthesiser: Synthesiser, text: string, voice: string): Promise<Int16Array> {
  const chunks: Int16Array[] = [];
  const { signal } = new AbortController();
  for await (const { samples } of synthesiser.synthesise({ text, voice, sampleRate: SAMPLE_RATE }, signal)) {
    chunks.push(samples);
  }
  return joined(chunks);
}

async function readSound(path: string): Promise<Int16Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UnreadableRecording(path, cause);
  });
  const { sampleRate, channels } = readWav(bytes);
  const mono = mixed(channels);
  if (sampleRate === SAMPLE_RATE) return mono;
  const resampler = (await loadResampler()).create(sampleRate, SAMPLE_RATE);
  try {
    return joined([resampler.process(mono), resampler.flush()]);
  } finally {
    resampler.close();
  }
}

function mixed(channels: readonly Int16Array[]): Int16Array {
  const [first = new Int16Array(0), ...others] = channels;
  if (others.length === 0) return first;
  return first.map((sample, i) => others.reduce((sum, other) => sum + (other[i] ?? 0), sample) / channels.length);
}

function joined(chunks: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
