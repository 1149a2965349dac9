/** One sentence from text to telephone-ready samples with word positions. */
import { normaliseLevel, type ResamplerFactory } from '@dialplane/audio';
import type { SpokenWord, SynthesisRequest } from '../synthesiser.ts';
import { speakableWords } from '../text/speakable.ts';
import { FLITE_RATE, type FliteEngine } from './flite-engine.ts';
import { wordEndsMs } from './word-alignment.ts';

/** Usual speech level on a telephone line (about -20 dBov active level), so that voices sound equally loud. */
const LEVEL_DBFS = -20;
const PEAK_DBFS = -1;
/** Flite begins with about 120 ms of silence; these stay so that soft first and last sounds are whole. */
const LEAD_MS = 20;
const TAIL_MS = 60;

export interface SpokenSentence {
  readonly samples: Int16Array;
  readonly words: readonly SpokenWord[];
}

/** Throws SpeechError `synthesiser_failed`. Text without a speakable word gives no samples. */
export function speakSentence(
  engine: FliteEngine,
  resamplers: ResamplerFactory,
  request: SynthesisRequest,
): SpokenSentence {
  const words = speakableWords(request.text);
  if (words.length === 0) return { samples: new Int16Array(0), words: [] };
  const written = words.map((word) => word.spoken.join(' ') + word.pause).join(' ');
  const { samples, segments } = engine.speak(written, request.voice);
  const ends = wordEndsMs(words, segments);
  const first = segments[0];
  const fromMs = Math.max(0, (first?.name === 'pau' ? first.endMs : 0) - LEAD_MS);
  const toMs = Math.max(fromMs, (ends.at(-1) ?? 0) + TAIL_MS);
  const spoken = samples.subarray(Math.round((fromMs * FLITE_RATE) / 1000), Math.round((toMs * FLITE_RATE) / 1000));
  const levelled = normaliseLevel(spoken, { sampleRate: FLITE_RATE, targetDbfs: LEVEL_DBFS, peakDbfs: PEAK_DBFS });
  const atRate = request.sampleRate === FLITE_RATE ? levelled : resample(resamplers, levelled, request.sampleRate);
  return {
    samples: atRate,
    words: words.map(({ from, to }, index) => ({
      from,
      to,
      endSample: Math.min(atRate.length, Math.round((((ends[index] ?? 0) - fromMs) * request.sampleRate) / 1000)),
    })),
  };
}

function resample(resamplers: ResamplerFactory, samples: Int16Array, rate: number): Int16Array {
  const resampler = resamplers.create(FLITE_RATE, rate);
  try {
    const body = resampler.process(samples);
    const tail = resampler.flush();
    const whole = new Int16Array(body.length + tail.length);
    whole.set(body);
    whole.set(tail, body.length);
    return whole;
  } finally {
    resampler.close();
  }
}
