import type { RtpHeader } from './packet.ts';

/** RFC 3550 appendix A.1: what lies farther ahead or behind belongs to another stream; a minute ahead, two seconds behind. */
const MOST_AHEAD = 3000;
const MOST_BEHIND = 100;

/** Sequence numbers remembered to tell a packet that comes twice from one that comes late; more than a packet can be behind. */
const REMEMBERED = 128;

/**
 * Whether packets of the source that is listened to are one stream, and how many of it never came (RFC 3550 appendix A.1 and
 * A.3, without probation: the first packet of a call is heard).
 */
export class IncomingStream {
  #hasStarted = false;
  #ssrc = 0;
  #newest = 0;
  /** Packets from the first to the newest, and how many of these came. */
  #span = 0;
  #came = 0;
  #lostBefore = 0;
  #soundTimestamp: number | undefined;
  readonly #seen = new Int32Array(REMEMBERED).fill(-1);

  /** Packets that never came, or not yet. */
  get lost(): number {
    return this.#lostBefore + Math.max(0, this.#span - this.#came);
  }

  /** Whether a packet goes on with the stream: of the same SSRC, and a little ahead of the newest. */
  continues({ ssrc, sequence }: RtpHeader): boolean {
    const step = ((sequence - this.#newest) << 16) >> 16;
    return this.#hasStarted && ssrc === this.#ssrc && step > 0 && step <= MOST_AHEAD;
  }

  /** A packet came. `new_stream`: another SSRC, or numbers or times that begin anew. */
  note({ ssrc, sequence, timestamp }: RtpHeader, isSound: boolean): 'follows' | 'duplicate' | 'new_stream' {
    // Signed difference of 16-bit numbers, which wrap.
    const step = ((sequence - this.#newest) << 16) >> 16;
    const isAnew = this.#hasStarted && (ssrc !== this.#ssrc || step > MOST_AHEAD || step < -MOST_BEHIND);
    if (!this.#hasStarted || isAnew || (isSound && step > 0 && this.#goesBackwards(timestamp))) {
      const hadStarted = this.#hasStarted;
      this.#begin(ssrc, sequence);
      if (isSound) this.#soundTimestamp = timestamp;
      return hadStarted ? 'new_stream' : 'follows';
    }
    const place = sequence % REMEMBERED;
    if (this.#seen[place] === sequence) return 'duplicate';
    this.#seen[place] = sequence;
    this.#came += 1;
    if (step > 0) {
      this.#span += step;
      this.#newest = sequence;
      if (isSound) this.#soundTimestamp = timestamp;
    }
    return 'follows';
  }

  /** The next packet begins a stream, and is compared with nothing. */
  reset(): void {
    this.#lostBefore = this.lost;
    this.#span = 0;
    this.#came = 0;
    this.#hasStarted = false;
  }

  /** Gateways that switch their source keep counting packets and begin the time anew. */
  #goesBackwards(timestamp: number): boolean {
    return this.#soundTimestamp !== undefined && ((timestamp - this.#soundTimestamp) | 0) < 0;
  }

  #begin(ssrc: number, sequence: number): void {
    this.reset();
    this.#hasStarted = true;
    this.#ssrc = ssrc;
    this.#newest = sequence;
    this.#span = 1;
    this.#came = 1;
    this.#soundTimestamp = undefined;
    this.#seen.fill(-1);
    this.#seen[sequence % REMEMBERED] = sequence;
  }
}
