/** What we say: frames of 8 kHz in, payloads of the agreed codec out. */
import { Doubler, type VoiceCodec } from '@dialplane/audio';
import { frameSamples } from './incoming-sound.ts';

export class OutgoingSound {
  readonly #wide = new Int16Array(2 * frameSamples);
  readonly #doubler = new Doubler();

  /** Encodes 20 ms into `payload`. Returns the bytes written. */
  encode(codec: VoiceCodec, frame: Int16Array, payload: Uint8Array): number {
    if (codec.rateHz === 8000) return codec.encode(frame, payload, 0);
    this.#doubler.process(frame, frameSamples, this.#wide);
    return codec.encode(this.#wide, payload, 0);
  }
}
