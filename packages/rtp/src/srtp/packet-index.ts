/** Sequence numbers have 16 bits; half of their range is the farthest a packet can be from the newest one. */
const SEQUENCES = 0x1_0000;
const HALF = SEQUENCES / 2;

/** RFC 3711 3.3.2 asks for at least 64; packets of a second and more may arrive out of order on a bad network. */
const WINDOW = 128;

/**
 * Which packet of a source this is, counted through all turns of the sequence number (RFC 3711 3.3.1 and appendix A), and
 * whether it has been here already (3.3.2). Ask first, and note what passed the authentication.
 */
export class PacketIndex {
  /** Index of the newest packet; -1 before the first. */
  #newest = -1;
  /** Remembers of each index modulo the window the last that was seen. */
  readonly #seen = new Float64Array(WINDOW).fill(-1);

  /** Index of a packet with that sequence number: the possible one nearest to the newest. */
  of(sequence: number): number {
    if (this.#newest < 0) return sequence;
    const rollover = Math.floor(this.#newest / SEQUENCES);
    const last = this.#newest % SEQUENCES;
    if (sequence - last > HALF) return Math.max(0, rollover - 1) * SEQUENCES + sequence;
    if (last - sequence > HALF) return (rollover + 1) * SEQUENCES + sequence;
    return rollover * SEQUENCES + sequence;
  }

  /** True for one that was noted before, or is too old to tell. */
  isReplay(index: number): boolean {
    return index <= this.#newest - WINDOW || this.#seen[index % WINDOW] === index;
  }

  note(index: number): void {
    this.#seen[index % WINDOW] = index;
    if (index > this.#newest) this.#newest = index;
  }

  /** For another process that takes the call over: it goes on from here. */
  get newest(): number {
    return this.#newest;
  }

  restore(newest: number): void {
    this.#newest = newest;
  }
}
