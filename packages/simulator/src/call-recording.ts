import { encodeWav } from '@dialplane/audio';

const SAMPLE_RATE = 8000;
const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/** A packet this near to the end of the one before continues it: arrival times jitter, the sound does not. */
const JITTER_MS = 60;

/** Room for a minute at first; it doubles when full. */
const FIRST_SAMPLES = 60 * SAMPLE_RATE;

/** Both sides of a call on one clock: the left channel is the caller, the right one the agent. */
export interface CallRecording {
  /** A frame the caller sent at `atMs`. */
  caller(frame: Int16Array, atMs: number): void;
  /** The first `count` samples of a packet from the agent that arrived at `atMs`. */
  agent(samples: Int16Array, count: number, atMs: number): void;
  /** The recording so far as a WAV file. */
  wav(): Uint8Array;
}

/** Times are on the clock of `sharedNowMs`; what was before `startMs` is left out. */
export function createCallRecording(startMs: number): CallRecording {
  let left = new Int16Array(FIRST_SAMPLES);
  let right = new Int16Array(FIRST_SAMPLES);
  let length = 0;
  let agentAt = Number.NEGATIVE_INFINITY;

  function reserve(end: number): void {
    length = Math.max(length, end);
    if (end <= left.length) return;
    left = grown(left, end);
    right = grown(right, end);
  }

  function put(channel: 'left' | 'right', samples: Int16Array, at: number): void {
    if (at < 0) return;
    reserve(at + samples.length);
    (channel === 'left' ? left : right).set(samples, at);
  }

  const positionAt = (atMs: number) => Math.round((atMs - startMs) * SAMPLES_PER_MS);

  return {
    caller(frame, atMs) {
      put('left', frame, positionAt(atMs));
    },

    agent(samples, count, atMs) {
      const arrived = positionAt(atMs);
      if (Math.abs(arrived - agentAt) > JITTER_MS * SAMPLES_PER_MS) agentAt = arrived;
      put('right', samples.subarray(0, count), agentAt);
      agentAt += count;
    },

    wav() {
      return encodeWav({ sampleRate: SAMPLE_RATE, channels: [left.subarray(0, length), right.subarray(0, length)] });
    },
  };
}

function grown(samples: Int16Array<ArrayBuffer>, atLeast: number): Int16Array<ArrayBuffer> {
  const larger = new Int16Array(Math.max(samples.length * 2, atLeast));
  larger.set(samples);
  return larger;
}
