import type { Clock, RunningTimer } from '../clock.ts';
import type { Flow } from './flow.ts';

/** RFC 5626 4.4.2: NATs forget UDP after 30 s; 24 to 29 s, so that not all keepalives of a process go at once. */
const SHORTEST_MS = 24_000;
const LONGEST_MS = 29_000;

const PING = Buffer.from('\r\n\r\n');

interface Keepalive {
  users: number;
  timer: RunningTimer;
}

/** Keeps NATs open for the UDP flows that somebody needs; one keepalive per flow, however many need it. */
export class UdpKeepalives {
  readonly #clock: Clock;
  readonly #send: (flow: Flow, bytes: Buffer) => void;
  readonly #flows = new Map<string, Keepalive>();

  constructor(clock: Clock, send: (flow: Flow, bytes: Buffer) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Returns how to stop. */
  start(flow: Flow): () => void {
    const key = `${flow.remoteAddress} ${flow.remotePort}`;
    const known = this.#flows.get(key);
    const keepalive = known ?? { users: 0, timer: this.#plan(key, flow) };
    keepalive.users++;
    this.#flows.set(key, keepalive);
    let isStopped = false;
    return () => {
      if (isStopped) return;
      isStopped = true;
      keepalive.users--;
      if (keepalive.users > 0) return;
      keepalive.timer.cancel();
      this.#flows.delete(key);
    };
  }

  close(): void {
    for (const { timer } of this.#flows.values()) timer.cancel();
    this.#flows.clear();
  }

  #plan(key: string, flow: Flow): RunningTimer {
    const delayMs = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
    return this.#clock.start(delayMs, () => {
      const keepalive = this.#flows.get(key);
      if (!keepalive) return;
      this.#send(flow, PING);
      keepalive.timer = this.#plan(key, flow);
    });
  }
}
