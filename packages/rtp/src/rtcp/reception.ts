import type { ReceptionReport } from './rtcp-packet.ts';

/** What the reports say about one source's packets (RFC 3550 appendix A.3). */
export class Reception {
  #ssrc = 0;
  #firstSequence = 0;
  #highest = 0;
  #hasStarted = false;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;

  /** A packet of the source that is listened to; another SSRC begins anew. */
  packet(ssrc: number, sequence: number): void {
    if (!this.#hasStarted || ssrc !== this.#ssrc) this.#start(ssrc, sequence);
    this.#received += 1;
    // The possible number nearest to the highest so far: 16 bits wrap every 22 minutes.
    const step = ((sequence - this.#highest) << 16) >> 16;
    if (step > 0) this.#highest += step;
  }

  /** Undefined before the first packet. Numbers "since the last report" begin anew with each. */
  report(jitter: number, last: { readonly senderReport: number; readonly delay: number }): ReceptionReport | undefined {
    if (!this.#hasStarted) return undefined;
    const expected = this.#highest - this.#firstSequence + 1;
    const expectedSince = expected - this.#expectedBefore;
    const lostSince = expectedSince - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return {
      ssrc: this.#ssrc,
      fractionLost: expectedSince > 0 ? Math.max(0, lostSince / expectedSince) : 0,
      cumulativeLost: expected - this.#received,
      highestSequence: this.#highest,
      jitter,
      lastSenderReport: last.senderReport,
      delaySinceLastSenderReport: last.delay,
    };
  }

  #start(ssrc: number, sequence: number): void {
    this.#hasStarted = true;
    this.#ssrc = ssrc;
    this.#firstSequence = sequence;
    this.#highest = sequence;
    this.#received = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
  }
}
