/** Samples of one packet: 20 ms at 8 kHz. */
export const FRAME_SAMPLES = 160;

const SAMPLES_PER_MS = 8;

/** An endless sound under everything the caller sends. */
export interface BackgroundSound {
  /** Played in a loop. */
  readonly samples: Int16Array;
  /** Factor on the samples. */
  readonly gain: number;
}

/** What the caller's line carries: the words when there are some, the background always. */
export interface CallerMouth {
  /** Says `samples`; their speech ends before sample `speechTo`. */
  say(samples: Int16Array, speechTo: number): void;
  /** Fills the next 20 ms. True when the last sample of speech is in it: then {@link speechEndMs} says where. */
  next(frame: Int16Array): boolean;
  /** Offset of the end of speech in the frame that held it. */
  readonly speechEndMs: number;
}

export function createCallerMouth(background?: BackgroundSound): CallerMouth {
  let line = new Int16Array(0);
  let at = 0;
  let speechTo = 0;
  let backgroundAt = 0;
  let speechEndMs = 0;

  function nextBackground(): number {
    if (background === undefined) return 0;
    const sample = background.samples[backgroundAt] ?? 0;
    backgroundAt = (backgroundAt + 1) % background.samples.length;
    return sample * background.gain;
  }

  return {
    say(samples, end) {
      line = new Int16Array(samples);
      at = 0;
      speechTo = end;
    },

    next(frame) {
      for (let i = 0; i < FRAME_SAMPLES; i += 1) {
        const sample = (line[at + i] ?? 0) + nextBackground();
        frame[i] = Math.max(-0x8000, Math.min(0x7fff, Math.round(sample)));
      }
      const left = speechTo - at;
      at += FRAME_SAMPLES;
      if (left <= 0 || left > FRAME_SAMPLES) return false;
      speechEndMs = left / SAMPLES_PER_MS;
      return true;
    },

    get speechEndMs() {
      return speechEndMs;
    },
  };
}
