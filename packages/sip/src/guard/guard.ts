import { defaultLimits, type GuardLimits } from './guard-options.ts';
import { isPrivateAddress, sourceKey } from './source-key.ts';

/** A source that gets no answer. Plain data. */
export interface Ban {
  /** An IPv4 address, or the /64 of an IPv6 address. */
  readonly source: string;
  /** A sentence with the cause. */
  readonly reason: string;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** How often it has been silenced, less what time has forgiven. */
  readonly strikes: number;
  /** Messages that got no answer since then. */
  readonly dropped: number;
}

/** What is told of a challenge that nobody answered. */
export interface Challenged {
  readonly callId: string;
}

export interface GuardOptions<Told extends Challenged> {
  readonly limits?: Partial<GuardLimits>;
  /** Whether loopback and private sources are watched as well. Default false. */
  readonly watchesPrivate?: boolean;
  /** Whether the source is on the list of a trunk; never watched then. */
  isListed?(address: string): boolean;
  silenced?(ban: Ban, last: Told | undefined): void;
  /** A challenge was not answered in time. At most one for each source and sweep. */
  abandoned?(challenge: Told): void;
}

interface Watched<Told> {
  /** Times of the last failures, oldest first; never more than bring silence. */
  readonly failuresMs: number[];
  /** Times of challenges that wait for their answers, oldest first. */
  readonly openMs: number[];
  last: Told | undefined;
}

type CountingBan = Omit<Ban, 'dropped'> & { dropped: number };

/** How many challenges of one source may be open before the oldest counts as abandoned: a PBX's burst after its start. */
const MOST_OPEN = 50;

/**
 * Who gets no answer any more (fail2ban, built in). Pure: time is given with each call, in ms on one clock. Memory is
 * bounded: of each kind the source seen longest ago gives way.
 */
export class Guard<Told extends Challenged> {
  readonly #options: GuardOptions<Told>;
  readonly #limits: GuardLimits;
  readonly #watched = new Map<string, Watched<Told>>();
  readonly #bans = new Map<string, CountingBan>();
  /** Silences that are over, while they still count for the next one. */
  readonly #past = new Map<string, { readonly strikes: number; readonly untilMs: number }>();
  readonly #trustedUntilMs = new Map<string, number>();
  #dropped = 0;

  constructor(options: GuardOptions<Told> = {}) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  /** Whether anybody is silenced. */
  get hasBans(): boolean {
    return this.#bans.size > 0;
  }

  /** Whether a message from there is to be dropped without a word; counts it when it is. */
  drops(address: string, nowMs: number): boolean {
    const key = sourceKey(address);
    const ban = this.#bans.get(key);
    if (!ban) return false;
    if (ban.untilMs <= nowMs) {
      this.#end(ban);
      return false;
    }
    ban.dropped += 1;
    this.#dropped += 1;
    return true;
  }

  /** The source has shown that it is no stranger: it gave a right password, or we called it. */
  trust(address: string, nowMs: number): void {
    const key = sourceKey(address);
    this.#watched.delete(key);
    this.#remember(this.#trustedUntilMs, key, nowMs + this.#limits.trustMs);
  }

  /** A challenge went out. */
  challenged(address: string, told: Told, nowMs: number): void {
    const watched = this.#watch(address, nowMs);
    if (!watched) return;
    watched.last = told;
    watched.openMs.push(nowMs);
    this.#settle(address, watched, nowMs);
    if (watched.openMs.length <= MOST_OPEN) return;
    watched.openMs.shift();
    this.#fail(address, watched, nowMs, 'left its challenges unanswered');
  }

  /** Credentials came, right or wrong: one challenge less is open. */
  answered(address: string): void {
    this.#watched.get(sourceKey(address))?.openMs.shift();
  }

  /** Credentials were wrong or could not be read. */
  failed(address: string, told: Told, nowMs: number): void {
    const watched = this.#watch(address, nowMs);
    if (!watched) return;
    watched.last = told;
    this.#fail(address, watched, nowMs, 'gave wrong passwords');
  }

  /** The source bears the signature of an attack tool. @returns false when it is exempt. */
  scanned(address: string, signature: string, told: Told, nowMs: number): boolean {
    if (this.isExempt(address, nowMs)) return false;
    this.#silence(sourceKey(address), `It is a scanner: ${signature}.`, told, nowMs);
    return true;
  }

  isExempt(address: string, nowMs: number): boolean {
    const untilMs = this.#trustedUntilMs.get(sourceKey(address));
    if (untilMs !== undefined && untilMs > nowMs) return true;
    if (!this.#options.watchesPrivate && isPrivateAddress(address)) return true;
    return this.#options.isListed?.(address) ?? false;
  }

  /** Counts challenges that were abandoned, and forgets what is over. To be called every few seconds. */
  sweep(nowMs: number): void {
    for (const [key, watched] of this.#watched) {
      this.#settle(key, watched, nowMs);
      const newest = Math.max(watched.failuresMs.at(-1) ?? 0, watched.openMs.at(-1) ?? 0);
      if (newest <= nowMs - this.#limits.windowMs) this.#watched.delete(key);
    }
    for (const ban of this.#bans.values()) if (ban.untilMs <= nowMs) this.#end(ban);
    for (const [key, { strikes, untilMs }] of this.#past) {
      if (remaining(strikes, nowMs - untilMs, this.#limits.decayMs) === 0) this.#past.delete(key);
    }
    for (const [key, untilMs] of this.#trustedUntilMs) if (untilMs <= nowMs) this.#trustedUntilMs.delete(key);
  }

  /** Sources that get no answer at the moment, the newest last. */
  bans(nowMs: number): Ban[] {
    return [...this.#bans.values()].filter(({ untilMs }) => untilMs > nowMs).map((ban) => ({ ...ban }));
  }

  /** Hears a source again, and forgets what it did. @returns whether it was silenced. */
  lift(source: string): boolean {
    const key = this.#bans.has(source) ? source : sourceKey(source);
    this.#past.delete(key);
    this.#watched.delete(key);
    return this.#bans.delete(key);
  }

  /** Messages dropped since the last call. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return dropped;
  }

  /** Undefined for sources that are exempt or silenced. */
  #watch(address: string, nowMs: number): Watched<Told> | undefined {
    const key = sourceKey(address);
    if (this.#bans.has(key) || this.isExempt(address, nowMs)) return undefined;
    const watched = this.#watched.get(key) ?? { failuresMs: [], openMs: [], last: undefined };
    this.#remember(this.#watched, key, watched);
    return watched;
  }

  #settle(address: string, watched: Watched<Told>, nowMs: number): void {
    const before = watched.openMs.length;
    while ((watched.openMs[0] ?? nowMs) <= nowMs - this.#limits.challengeMs) {
      watched.openMs.shift();
      this.#fail(address, watched, nowMs, 'left its challenges unanswered');
    }
    if (watched.openMs.length < before && watched.last) this.#options.abandoned?.(watched.last);
  }

  #fail(address: string, watched: Watched<Told>, nowMs: number, what: string): void {
    const { failures, windowMs } = this.#limits;
    watched.failuresMs.push(nowMs);
    if (watched.failuresMs.length > failures) watched.failuresMs.shift();
    const first = watched.failuresMs[0] ?? nowMs;
    const key = sourceKey(address);
    if (watched.failuresMs.length < failures || first <= nowMs - windowMs || this.#bans.has(key)) return;
    const seconds = Math.round(windowMs / 1000);
    this.#silence(key, `It failed ${failures} times within ${seconds} s, and last ${what}.`, watched.last, nowMs);
  }

  #silence(key: string, reason: string, last: Told | undefined, nowMs: number): void {
    const { firstSilenceMs, longestSilenceMs, decayMs, sources } = this.#limits;
    const past = this.#past.get(key);
    const strikes = 1 + (past ? remaining(past.strikes, nowMs - past.untilMs, decayMs) : 0);
    const lengthMs = Math.min(firstSilenceMs * 2 ** (strikes - 1), longestSilenceMs);
    const ban: CountingBan = { source: key, reason, sinceMs: nowMs, untilMs: nowMs + lengthMs, strikes, dropped: 0 };
    this.#past.delete(key);
    this.#watched.delete(key);
    this.#bans.set(key, ban);
    if (this.#bans.size > sources) forgetOldest(this.#bans);
    this.#options.silenced?.({ ...ban }, last);
  }

  #end({ source, strikes, untilMs }: Ban): void {
    this.#bans.delete(source);
    this.#remember(this.#past, source, { strikes, untilMs });
  }

  #remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
    map.delete(key);
    map.set(key, value);
    if (map.size > this.#limits.sources) forgetOldest(map);
  }
}

/** Each quiet time of `decayMs` forgives one strike. */
function remaining(strikes: number, quietMs: number, decayMs: number): number {
  return Math.max(0, strikes - Math.floor(Math.max(0, quietMs) / decayMs));
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
