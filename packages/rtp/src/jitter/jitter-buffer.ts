import type { RtpHeader } from '../packet.ts';
import { DelayTarget } from './delay-target.ts';

/** Room for a second and more of 20 ms packets, which is a burst after an outage; then the oldest go. */
const MOST_PACKETS = 64;

/** A larger step of the timestamp is a pause of the sender (or a new stream), not loss. */
const LONGEST_GAP_MS = 200;

/** Without a packet for this long the sender has paused, and its next packet begins a new stretch of sound. */
const PAUSED_AFTER_MS = 200;

/** The delay is judged by its lowest point within this time: a single burst says nothing. */
const WINDOW_MS = 1_000;

/** After an outage much is held; from three packets too many on it is judged sooner, so that the call catches up. */
const MUCH_SURPLUS_MS = 60;
const SHORT_WINDOW_MS = 100;

/** The packet that is being played counts as held; and a level is too high from one packet above the target on. */
const PACKET_MS = 20;

/**
 * When more than this share of packets is lost, one packet more is held: then the sound behind a gap is known when the gap
 * has to be filled, and both sides can be bridged.
 */
const LOSSY_FROM = 0.005;

/** Each packet moves the estimate of loss by this share: 2 s of 20 ms packets. */
const LOSS_GAIN = 0.01;

export interface JitterStatistics {
  /** Packets dropped because their time had passed. */
  late: number;
  duplicate: number;
  /** Packets dropped since too many were waiting. */
  overflowed: number;
  /** Sound that was due and not there, filled by the player. */
  missingMs: number;
}

/** What is to be played next. */
export type Pulled =
  /** A packet; sound of `missing` clock units is lost right before it. `surplusMs` more than needed is waiting behind it. */
  | {
      readonly kind: 'packet';
      readonly packet: Buffer;
      readonly from: number;
      readonly to: number;
      readonly missing: number;
      readonly surplusMs: number;
    }
  /** Something is due and not here. */
  | { readonly kind: 'underrun' }
  /** Nothing is due: before the first packet, in a pause of the sender, or while a new stretch of sound is gathered. */
  | { readonly kind: 'nothing' };

type Writable<Shape> = { -readonly [field in keyof Shape]: Shape[field] };

interface Waiting {
  packet: Buffer;
  from: number;
  to: number;
  timestamp: number;
  arrivedMs: number;
  /** How much later than the quickest packet it came. */
  laterMs: number;
}

/**
 * An adaptive jitter buffer (20 to 200 ms): holds packets until they are due, in order, each once, with what is missing
 * between them. Its clock is its player: sound is pulled as it is played. Delay grows by what runs out and shrinks when the
 * player leaves out surplus, which also evens out clocks that drift apart. Packets of one stream; `restart` for another.
 */
export class JitterBuffer {
  readonly statistics: JitterStatistics = { late: 0, duplicate: 0, overflowed: 0, missingMs: 0 };
  readonly #perMs: number;
  readonly #target: DelayTarget;
  /** In the order of their timestamps. */
  readonly #waiting: Waiting[] = [];
  /** Used up entries, to be filled again. */
  readonly #spare: Waiting[] = [];
  readonly #pulled: Writable<Extract<Pulled, { kind: 'packet' }>> = {
    kind: 'packet',
    packet: Buffer.alloc(0),
    from: 0,
    to: 0,
    missing: 0,
    surplusMs: 0,
  };
  #isPlaying = false;
  /** Timestamp of the sample to be played next; sound up to here has been played. */
  #due = 0;
  /** Clock units filled by the player since sound ran out. */
  #covered = 0;
  #ranOutMs: number | undefined;
  #shortestDelayMs = Number.POSITIVE_INFINITY;
  #judgedSinceMs = 0;
  #lossShare = 0;

  constructor(clockRateHz: number) {
    this.#perMs = clockRateHz / 1000;
    this.#target = new DelayTarget(clockRateHz);
  }

  /** Delay aimed at, the packet being played included. */
  get targetMs(): number {
    return this.#target.delayMs + (this.#lossShare > LOSSY_FROM ? PACKET_MS : 0);
  }

  /** No packet waits to be played. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** A packet of sound arrived; it is kept, not copied. */
  push(packet: Buffer, header: RtpHeader, nowMs: number): void {
    const { timestamp, payloadFrom, payloadTo } = header;
    const laterMs = this.#target.arrived(timestamp, nowMs);
    if (this.#isPlaying && ((timestamp - this.#due) | 0) < 0) {
      this.statistics.late += 1;
      return;
    }
    let at = this.#waiting.length;
    while (at > 0 && (((this.#waiting[at - 1]?.timestamp ?? 0) - timestamp) | 0) > 0) at--;
    if (at > 0 && this.#waiting[at - 1]?.timestamp === timestamp) {
      this.statistics.duplicate += 1;
      return;
    }
    this.#waiting.splice(at, 0, this.#entry(packet, payloadFrom, payloadTo, timestamp, nowMs, laterMs));
    if (this.#waiting.length <= MOST_PACKETS) return;
    this.statistics.overflowed += 1;
    this.#drop();
    this.#due = this.#waiting[0]?.timestamp ?? this.#due;
  }

  /** What to play next; the result is valid until the next pull. After a packet say `played`, after an underrun `covered`. */
  pull(nowMs: number): Pulled {
    const next = this.#waiting[0];
    if (!this.#isPlaying)
      return next && this.#isHeldLongEnough(next, nowMs) ? this.#begin(next, nowMs) : { kind: 'nothing' };
    if (!next) return this.#runOut(nowMs);
    // Sound is being filled in anyway: the moment to come up to a target that has grown.
    if (this.#covered > 0 && !this.#isHeldLongEnough(next, nowMs)) return this.#runOut(nowMs);
    const step = (next.timestamp - this.#due) | 0;
    // What was filled in since the sound ran out stands for lost packets, or for a pause of the sender.
    const missing = Math.max(0, step - this.#covered);
    if (missing > LONGEST_GAP_MS * this.#perMs) return this.#pause();
    this.#lossShare += LOSS_GAIN * ((step > 0 ? 1 : 0) - this.#lossShare);
    return this.#give(next, missing, nowMs);
  }

  /** @param units of the codec's clock that the pulled packet held. */
  played(units: number): void {
    this.#due = (this.#due + units) >>> 0;
  }

  /** @param units of the codec's clock that the player filled in after an underrun. */
  covered(units: number): void {
    this.#covered += units;
    this.statistics.missingMs += units / this.#perMs;
  }

  /** Another stream begins; what waits is dropped. */
  restart(): void {
    while (this.#waiting.length > 0) this.#drop();
    this.#isPlaying = false;
    this.#covered = 0;
    this.#ranOutMs = undefined;
    this.#target.restart();
  }

  /**
   * How long a packet that is played now was held, had it come as quickly as the quickest: the delay the buffer adds, the
   * packet's own length included.
   */
  #delayMs(next: Waiting, nowMs: number): number {
    return nowMs - next.arrivedMs + next.laterMs + PACKET_MS;
  }

  /** The slowest packets behind it will be here in time. */
  #isHeldLongEnough(next: Waiting, nowMs: number): boolean {
    return this.#delayMs(next, nowMs) >= this.targetMs;
  }

  #begin(first: Waiting, nowMs: number): Pulled {
    this.#isPlaying = true;
    this.#shortestDelayMs = Number.POSITIVE_INFINITY;
    this.#judgedSinceMs = nowMs;
    return this.#give(first, 0, nowMs);
  }

  #give(next: Waiting, missing: number, nowMs: number): Pulled {
    this.#due = next.timestamp;
    this.#covered = 0;
    this.#ranOutMs = undefined;
    this.statistics.missingMs += missing / this.#perMs;
    const pulled = this.#pulled;
    pulled.packet = next.packet;
    pulled.from = next.from;
    pulled.to = next.to;
    pulled.missing = missing;
    pulled.surplusMs = this.#surplusMs(next, nowMs);
    this.#drop();
    return pulled;
  }

  #runOut(nowMs: number): Pulled {
    this.#ranOutMs ??= nowMs;
    if (nowMs - this.#ranOutMs >= PAUSED_AFTER_MS) return this.#pause();
    return { kind: 'underrun' };
  }

  #pause(): Pulled {
    this.#isPlaying = false;
    this.#covered = 0;
    this.#ranOutMs = undefined;
    return { kind: 'nothing' };
  }

  /** How much longer than needed everything was held. */
  #surplusMs(next: Waiting, nowMs: number): number {
    this.#shortestDelayMs = Math.min(this.#shortestDelayMs, this.#delayMs(next, nowMs));
    const surplusMs = this.#shortestDelayMs - this.targetMs;
    const windowMs = surplusMs >= MUCH_SURPLUS_MS ? SHORT_WINDOW_MS : WINDOW_MS;
    if (nowMs - this.#judgedSinceMs < windowMs) return 0;
    this.#shortestDelayMs = Number.POSITIVE_INFINITY;
    this.#judgedSinceMs = nowMs;
    return surplusMs >= PACKET_MS ? surplusMs : 0;
  }

  #entry(packet: Buffer, from: number, to: number, timestamp: number, arrivedMs: number, laterMs: number): Waiting {
    const entry = this.#spare.pop() ?? { packet, from, to, timestamp, arrivedMs, laterMs };
    entry.packet = packet;
    entry.from = from;
    entry.to = to;
    entry.timestamp = timestamp;
    entry.arrivedMs = arrivedMs;
    entry.laterMs = laterMs;
    return entry;
  }

  #drop(): void {
    const entry = this.#waiting.shift();
    if (entry) this.#spare.push(entry);
  }
}
