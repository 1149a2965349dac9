/** The call's clock, moved by the test; providers sleep on it. */
export class CallClock {
  nowMs = 0;
  #sleepers: { readonly untilMs: number; readonly wake: () => void }[] = [];

  sleep(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((wake) => this.#sleepers.push({ untilMs: this.nowMs + ms, wake }));
  }

  async advance(ms: number): Promise<void> {
    this.nowMs += ms;
    const due = this.#sleepers.filter(({ untilMs }) => untilMs <= this.nowMs);
    this.#sleepers = this.#sleepers.filter(({ untilMs }) => untilMs > this.nowMs);
    for (const { wake } of due) wake();
    // Lets every promise that can settle do so.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
