import { Decoder, Encoder } from './opus-library.ts';

/** Opus decodes to the rate it is asked for (RFC 6716 4): wideband is all that our engines make use of. */
const RATE_HZ = 16_000;

/** Full quality for wideband speech (RFC 7587 3.1.1). */
const BITS_PER_SECOND = 24_000;

/** `opus_defines.h`: forward error correction within the stream, for that share of lost packets in per cent. */
const SET_INBAND_FEC = 4012;
const SET_EXPECTED_LOSS = 4014;
const EXPECTED_LOSS_PERCENT = 5;

/** Opus as telephony uses it: 16 kHz sound in mono both ways (RFC 7587 lets each side choose). Keeps state. */
export class OpusVoice {
  readonly #decoder = new Decoder({ channels: 1, sample_rate: RATE_HZ });
  readonly #encoder = new Encoder({ channels: 1, sample_rate: RATE_HZ, application: 'voip' });

  constructor() {
    this.#encoder.bitrate = BITS_PER_SECOND;
    this.#encoder.ctl(SET_INBAND_FEC, 1);
    this.#encoder.ctl(SET_EXPECTED_LOSS, EXPECTED_LOSS_PERCENT);
  }

  /** Decodes one packet into `out` from `at` on. Returns the samples made: 0 for bytes that are no Opus. */
  decode(payload: Uint8Array, from: number, to: number, out: Int16Array, at: number): number {
    let bytes: Uint8Array;
    try {
      bytes = this.#decoder.decode(payload.subarray(from, to));
    } catch {
      // What the far end sends is not for us to trust; a packet that cannot be read is a lost one.
      return 0;
    }
    const samples = Math.min(bytes.byteLength >> 1, out.length - at);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < samples; i++) out[at + i] = view.getInt16(2 * i, true);
    return samples;
  }

  /** Encodes 10, 20, 40 or 60 ms into `out` from `at` on. Returns the bytes written. */
  encode(samples: Int16Array, out: Uint8Array, at: number): number {
    const packet = this.#encoder.encode(samples);
    out.set(packet, at);
    return packet.length;
  }
}
