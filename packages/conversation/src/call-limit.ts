/** The caller is told this long before the call is over. */
const WARNING_MS = 60_000;

/** The longest time a call may take. */
export class CallLimit {
  readonly #maxCallMs: number;
  #startedAtMs = 0;
  #warned = false;

  constructor(maxCallMs: number) {
    this.#maxCallMs = maxCallMs;
  }

  get startedAtMs(): number {
    return this.#startedAtMs;
  }

  get warned(): boolean {
    return this.#warned;
  }

  start(nowMs: number, warned = false): void {
    this.#startedAtMs = nowMs;
    // A call that is not longer than the warning would begin with it.
    this.#warned = warned || this.#maxCallMs <= WARNING_MS;
  }

  /** What the clock calls for: each warning once, `over` from then on. */
  check(nowMs: number): 'nothing' | 'warn' | 'over' {
    const elapsedMs = nowMs - this.#startedAtMs;
    if (elapsedMs >= this.#maxCallMs) return 'over';
    if (this.#warned || elapsedMs < this.#maxCallMs - WARNING_MS) return 'nothing';
    this.#warned = true;
    return 'warn';
  }
}
