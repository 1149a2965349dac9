import { Encoder } from '../opus-library.ts';
import { mostSegments, oggPage, segmentsOf } from './ogg-page.ts';

/** RFC 7845 4: positions count at 48 kHz, whatever went in. */
const positionRate = 48_000;
const packetMs = 20;
/** Two people in one stream, each as clear as a telephone line: 24 kbit/s for each. */
const bitsPerSecondOfChannel = 24_000;
/** OPUS_GET_LOOKAHEAD of libopus; the binding's own property has another name at run time than in its types. */
const getLookahead = 4027;
/** Of 10: half the work of the highest, and no difference that is heard on a telephone line. */
const complexity = 5;
/** Named in the comment header, which must name somebody (RFC 7845 5.2). */
const vendor = 'dialplane';

export interface OggOpusOptions {
  readonly sampleRate: 8000 | 16000 | 48000;
  readonly channels: 1 | 2;
  /** Tells this stream from others in the same file. */
  readonly serial: number;
}

/** Makes an Ogg file of Opus (RFC 7845) piece by piece; a file that ends without `end` plays up to its last whole page. */
export class OggOpusEncoder {
  readonly #options: OggOpusOptions;
  readonly #encoder: Encoder;
  readonly #packetSamples: number;
  #sequence = 0;
  #position = 0;

  constructor(options: OggOpusOptions) {
    this.#options = options;
    const { sampleRate, channels } = options;
    this.#encoder = new Encoder({ sample_rate: sampleRate, channels, application: 'voip' });
    this.#encoder.complexity = complexity;
    this.#encoder.bitrate = bitsPerSecondOfChannel * channels;
    this.#packetSamples = (sampleRate * packetMs) / 1000;
  }

  /** The pages that a file begins with. */
  begin(): Uint8Array {
    const { sampleRate, channels, serial } = this.#options;
    const head = new Uint8Array(19);
    head.set(Buffer.from('OpusHead'));
    const view = new DataView(head.buffer);
    view.setUint8(8, 1);
    view.setUint8(9, channels);
    // What the encoder puts before the first sample; players leave it out, so that both channels keep their time.
    view.setUint16(10, (this.#encoder.ctl(getLookahead) * positionRate) / sampleRate, true);
    view.setUint32(12, sampleRate, true);
    const tags = new Uint8Array(16 + vendor.length);
    tags.set(Buffer.from('OpusTags'));
    new DataView(tags.buffer).setUint32(8, vendor.length, true);
    tags.set(Buffer.from(vendor), 12);
    const first = oggPage({ serial, sequence: 0, granule: 0, isFirst: true, packets: [head] });
    const second = oggPage({ serial, sequence: 1, granule: 0, packets: [tags] });
    this.#sequence = 2;
    return Buffer.concat([first, second]);
  }

  /**
   * @param samples interleaved, 16 bits; `length` samples of each channel, a whole number of 20 ms.
   * @returns pages.
   */
  encode(samples: Int16Array, length: number): Uint8Array {
    const { channels, serial } = this.#options;
    if (length % this.#packetSamples !== 0) throw new RangeError('Opus is encoded in pieces of 20 ms.');
    const pages: Uint8Array[] = [];
    let packets: Uint8Array[] = [];
    let segments = 0;
    const turnPage = () => {
      if (packets.length === 0) return;
      pages.push(oggPage({ serial, sequence: this.#sequence++, granule: this.#position, packets }));
      packets = [];
      segments = 0;
    };
    for (let at = 0; at < length; at += this.#packetSamples) {
      const packet = this.#encoder.encode(samples.subarray(at * channels, (at + this.#packetSamples) * channels));
      if (segments + segmentsOf(packet) > mostSegments) turnPage();
      packets.push(packet);
      segments += segmentsOf(packet);
      this.#position += (packetMs * positionRate) / 1000;
    }
    turnPage();
    return Buffer.concat(pages);
  }

  /** The page that a whole file ends with. */
  end(): Uint8Array {
    const { serial } = this.#options;
    return oggPage({ serial, sequence: this.#sequence++, granule: this.#position, isLast: true, packets: [] });
  }
}
