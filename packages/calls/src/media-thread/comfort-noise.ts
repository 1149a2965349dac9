/** Silence as the far end describes it (RFC 3389): noise of its level, without its colour. */
import type { RtpHeader } from '@dialplane/rtp';

/** A uniform spread of one has this standard deviation. */
const uniformDeviation = Math.sqrt(1 / 12);
const fullScale = 32_768;
/** Numerical Recipes' quick generator: good enough for noise that nobody listens to. */
const multiplier = 1_664_525;
const increment = 1_013_904_223;

export class ComfortNoise {
  /** Of the spread of samples; undefined while the far end has not said that it is silent. */
  #spread: number | undefined;
  #fromTimestamp = 0;
  #seed = 1;

  get isOn(): boolean {
    return this.#spread !== undefined;
  }

  /** The first byte of the payload is the level in -dBov; the spectrum behind it is passed over (RFC 3389 3). */
  begin(packet: Buffer, { payloadFrom, payloadTo, timestamp }: RtpHeader): void {
    const level = payloadTo > payloadFrom ? packet.readUInt8(payloadFrom) & 0x7f : 0x7f;
    this.#spread = (fullScale * 10 ** (-level / 20)) / uniformDeviation;
    this.#fromTimestamp = timestamp;
  }

  /** A packet of sound is played: one from behind the silence ends it. */
  heard(packet: Buffer): void {
    if (this.isOn && ((packet.readUInt32BE(4) - this.#fromTimestamp) | 0) >= 0) this.end();
  }

  end(): void {
    this.#spread = undefined;
  }

  /** Fills `samples[from, to)`; with zeros while it is off. */
  fill(samples: Int16Array, from: number, to: number): void {
    if (this.#spread === undefined) {
      samples.fill(0, from, to);
      return;
    }
    for (let i = from; i < to; i++) {
      this.#seed = (Math.imul(this.#seed, multiplier) + increment) >>> 0;
      samples[i] = Math.round((this.#seed / 0x1_0000_0000 - 0.5) * this.#spread);
    }
  }
}
