/** The decoders of one process, lent to utterances and taken back. */
import type { Decoder } from './decoder.ts';

/**
 * Eight callers speaking at once fill a core (about 0.07 to 0.1 of one each); more would only make all of them late.
 */
export const MOST_DECODERS = 8;

export interface DecoderPool {
  /** Null when all are lent: wait for one to come back. */
  take(key: string, create: () => Decoder): Decoder | null;
  hasRoom(): boolean;
  giveBack(key: string, decoder: Decoder): void;
  /** A decoder that failed is not used again. */
  discard(decoder: Decoder): void;
}

/** Keys name what a decoder was made for: language and rate. Idle ones of other keys make room, the oldest first. */
export function createDecoderPool(most: number): DecoderPool {
  const idle: { readonly key: string; readonly decoder: Decoder }[] = [];
  let lent = 0;
  return {
    take(key, create) {
      if (lent >= most) return null;
      const at = idle.findLastIndex((entry) => entry.key === key);
      const [entry] = at < 0 ? [] : idle.splice(at, 1);
      if (entry === undefined && lent + idle.length >= most) idle.shift()?.decoder.free();
      const decoder = entry?.decoder ?? create();
      lent++;
      return decoder;
    },
    hasRoom: () => lent < most,
    giveBack(key, decoder) {
      lent--;
      idle.push({ key, decoder });
    },
    discard(decoder) {
      lent--;
      decoder.free();
    },
  };
}
