/** Speech in packets: the codecs calls are made of, behind one interface. */

import { decodeG711, encodeG711, type G711Law } from './g711.ts';
import { G722Decoder } from './g722/decoder.ts';
import { G722Encoder } from './g722/encoder.ts';
import { OpusVoice } from './opus.ts';

/** Named as in SDP. */
export type VoiceCodecName = 'PCMU' | 'PCMA' | 'G722' | 'opus';

/** One call's codec, both directions; keeps state from packet to packet. */
export interface VoiceCodec {
  readonly name: VoiceCodecName;
  /** Of the sound. */
  readonly rateHz: 8000 | 16_000;
  /** Units a second in RTP timestamps, which is another matter (RFC 3551 4.5.2, RFC 7587 4.1). */
  readonly clockRateHz: 8000 | 48_000;
  /** Decodes `payload[from, to)` into `out` from `at` on. Returns the samples made, 0 when the payload makes no sense. */
  decode(payload: Uint8Array, from: number, to: number, out: Int16Array, at: number): number;
  /** Encodes 20 ms of sound into `out` from `at` on. Returns the bytes written. */
  encode(frame: Int16Array, out: Uint8Array, at: number): number;
}

export function createVoiceCodec(name: VoiceCodecName): VoiceCodec {
  switch (name) {
    case 'PCMU':
      return g711('mu');
    case 'PCMA':
      return g711('a');
    case 'G722':
      return g722();
    case 'opus':
      return opus();
  }
}

function g711(law: G711Law): VoiceCodec {
  return {
    name: law === 'mu' ? 'PCMU' : 'PCMA',
    rateHz: 8000,
    clockRateHz: 8000,
    decode(payload, from, to, out, at) {
      const count = Math.min(to - from, out.length - at);
      decodeG711(law, payload, from, from + count, out, at);
      return count;
    },
    encode(frame, out, at) {
      encodeG711(law, frame, 0, frame.length, out, at);
      return frame.length;
    },
  };
}

function g722(): VoiceCodec {
  const decoder = new G722Decoder();
  const encoder = new G722Encoder();
  return {
    name: 'G722',
    rateHz: 16_000,
    clockRateHz: 8000,
    decode(payload, from, to, out, at) {
      const bytes = Math.min(to - from, (out.length - at) >> 1);
      decoder.decode(payload, from, from + bytes, out, at);
      return 2 * bytes;
    },
    encode(frame, out, at) {
      encoder.encode(frame, 0, frame.length, out, at);
      return frame.length >> 1;
    },
  };
}

function opus(): VoiceCodec {
  const voice = new OpusVoice();
  return {
    name: 'opus',
    rateHz: 16_000,
    clockRateHz: 48_000,
    decode: (payload, from, to, out, at) => voice.decode(payload, from, to, out, at),
    encode: (frame, out, at) => voice.encode(frame, out, at),
  };
}
