import type { Clock } from '../clock.ts';
import type { DnsAnswer, DnsClient } from './dns.ts';

/** Node's resolver tells no time to live of NAPTR and SRV records; carriers' are seldom below a minute. */
const UNKNOWN_TTL_MS = 60_000;

/** Shorter ones would ask DNS for every call, longer ones outlive a carrier's move. */
const SHORTEST_TTL_MS = 30_000;
const LONGEST_TTL_MS = 3_600_000;

/** A missing record or a failing server is asked about again soon, but not for every call. */
const NEGATIVE_TTL_MS = 10_000;

/** A few names per trunk; what was used longest ago goes first. */
const MOST_ENTRIES = 2_000;

interface Entry<T> {
  readonly answer: Promise<DnsAnswer<T>>;
  /** Endless while the answer is awaited. */
  untilMs: number;
}

/** Remembers answers for as long as they hold, and asks only once for what several callers want at the same time. */
export function cachedDns(client: DnsClient, clock: Clock): DnsClient {
  const naptr = new AnswerCache((name) => client.naptr(name), clock);
  const srv = new AnswerCache((name) => client.srv(name), clock);
  const ipv4 = new AnswerCache((name) => client.addresses(name, 4), clock);
  const ipv6 = new AnswerCache((name) => client.addresses(name, 6), clock);
  return {
    naptr: (name) => naptr.ask(name),
    srv: (name) => srv.ask(name),
    addresses: (name, family) => (family === 4 ? ipv4 : ipv6).ask(name),
  };
}

class AnswerCache<T> {
  readonly #fetch: (name: string) => Promise<DnsAnswer<T>>;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry<T>>();

  constructor(fetch: (name: string) => Promise<DnsAnswer<T>>, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  ask(name: string): Promise<DnsAnswer<T>> {
    const key = name.toLowerCase();
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    if (known && known.untilMs > this.#clock.nowMs()) {
      // To the end of the map: used last, dropped last.
      this.#entries.set(key, known);
      return known.answer;
    }
    const entry: Entry<T> = { answer: this.#fetch(key), untilMs: Number.POSITIVE_INFINITY };
    this.#entries.set(key, entry);
    this.#dropOldest();
    entry.answer.then(
      ({ records, ttlMs = UNKNOWN_TTL_MS }) => {
        const boundMs = Math.min(Math.max(ttlMs, SHORTEST_TTL_MS), LONGEST_TTL_MS);
        entry.untilMs = this.#clock.nowMs() + (records.length === 0 ? NEGATIVE_TTL_MS : boundMs);
      },
      () => {
        entry.untilMs = this.#clock.nowMs() + NEGATIVE_TTL_MS;
      },
    );
    return entry.answer;
  }

  #dropOldest(): void {
    if (this.#entries.size <= MOST_ENTRIES) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }
}
