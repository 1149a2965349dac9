import { rmsDbfs } from '@dialplane/audio';
import type { AgentSpeech } from './call-notes.ts';

const SAMPLES_PER_MS = 8;

/** Sound is judged in blocks of 5 ms, the precision of the latency figures. */
const BLOCK_MS = 5;
const BLOCK_SAMPLES = BLOCK_MS * SAMPLES_PER_MS;

/** Above the comfort noise of any network (-50 dBm0 is loud for it), well below the softest syllable of a voice at -20. */
const SPEECH_DBFS = -50;

/** Clicks are shorter than this, syllables longer: so much sound has to come before it counts as speech. */
const CONFIRM_MS = 40;

/** Within this time; a single click does not add up with another one half a second later. */
const CONFIRM_WITHIN_MS = 120;

/** Silence after which the agent has finished. Between two sentences agents pause less. */
const FINISHED_AFTER_MS = 700;

export interface AgentEarEvents {
  /** The agent speaks since `onsetMs`; told 40 ms later, when it is sure. */
  began(onsetMs: number): void;
  /** The agent has been silent for 700 ms. */
  finished(): void;
}

/**
 * Hears from the received packets when the agent speaks. All times are on the clock of `sharedNowMs`; a packet's first sample
 * counts as heard when the packet arrives.
 */
export interface AgentEar {
  readonly speaking: boolean;
  /** What it says now, or said last; undefined before its first word. */
  readonly speech: AgentSpeech | undefined;
  hear(samples: Int16Array, count: number, arrivedMs: number): void;
  /** Every 20 ms: silence is also the absence of packets. */
  tick(nowMs: number): void;
}

export function createAgentEar(events: AgentEarEvents): AgentEar {
  let speaking = false;
  let onsetMs: number | undefined;
  let lastSpeechMs = 0;
  /** Sound that may be speech: since when, and how much of it. */
  let candidateMs = Number.NEGATIVE_INFINITY;
  let candidateLoudMs = 0;

  function heardLoud(blockMs: number): void {
    if (speaking) {
      lastSpeechMs = blockMs + BLOCK_MS;
      return;
    }
    if (blockMs - candidateMs > CONFIRM_WITHIN_MS) {
      candidateMs = blockMs;
      candidateLoudMs = 0;
    }
    candidateLoudMs += BLOCK_MS;
    if (candidateLoudMs < CONFIRM_MS) return;
    speaking = true;
    onsetMs = candidateMs;
    lastSpeechMs = blockMs + BLOCK_MS;
    candidateMs = Number.NEGATIVE_INFINITY;
    events.began(onsetMs);
  }

  return {
    get speaking() {
      return speaking;
    },

    get speech() {
      return onsetMs === undefined ? undefined : { onsetMs, lastMs: lastSpeechMs };
    },

    hear(samples, count, arrivedMs) {
      for (let from = 0; from < count; from += BLOCK_SAMPLES) {
        const to = Math.min(from + BLOCK_SAMPLES, count);
        if (rmsDbfs(samples, from, to) > SPEECH_DBFS) heardLoud(arrivedMs + from / SAMPLES_PER_MS);
      }
    },

    tick(nowMs) {
      if (!speaking || nowMs - lastSpeechMs < FINISHED_AFTER_MS) return;
      speaking = false;
      events.finished();
    },
  };
}

/**
 * Where the sound of a line really ends: the sample after its last block that is not silence. A synthesiser's or a recording's
 * tail is no speech, and would make every reply look faster than it is.
 */
export function endOfSpeechSamples(samples: Int16Array): number {
  for (let to = samples.length; to > 0; to -= BLOCK_SAMPLES) {
    if (rmsDbfs(samples, Math.max(0, to - BLOCK_SAMPLES), to) > SPEECH_DBFS) return to;
  }
  return 0;
}
