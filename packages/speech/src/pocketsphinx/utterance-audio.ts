/** Gathers the frames of a call into pieces worth a message to another process. */

/** As long as the decoder's slice: shorter ones cost messages, longer ones delay partial results. */
const PIECE_MS = 100;
/** Nobody speaks longer without a pause; what comes after is not decoded, so that memory stays bounded. */
const LONGEST_UTTERANCE_MS = 60_000;

export interface UtteranceAudio {
  /** Null until a piece is full. Copies, so the caller's buffer stays its own. */
  add(samples: Int16Array): Int16Array | null;
  /** What is left, null for nothing. */
  rest(): Int16Array | null;
}

export function createUtteranceAudio(sampleRate: number): UtteranceAudio {
  const pieceSamples = (sampleRate * PIECE_MS) / 1000;
  let left = (sampleRate * LONGEST_UTTERANCE_MS) / 1000;
  // Room for one frame beyond a full piece; longer input makes its own, longer piece.
  let piece = new Int16Array(2 * pieceSamples);
  let filled = 0;

  function give(): Int16Array {
    const full = piece.subarray(0, filled);
    piece = new Int16Array(2 * pieceSamples);
    filled = 0;
    return full;
  }

  return {
    add(samples) {
      const taken = Math.min(samples.length, left);
      left -= taken;
      if (filled + taken > piece.length) {
        const larger = new Int16Array(filled + taken);
        larger.set(piece.subarray(0, filled));
        piece = larger;
      }
      piece.set(samples.subarray(0, taken), filled);
      filled += taken;
      return filled >= pieceSamples ? give() : null;
    },
    rest: () => (filled === 0 ? null : give()),
  };
}
