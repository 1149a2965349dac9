import { randomInt } from 'node:crypto';
import type { RunningTimer } from '../clock.ts';
import type { SipRequest } from '../message/message.ts';
import { hasOptionTag } from '../message/option-tags.ts';
import { GIVE_UP_FACTOR } from '../transaction/timers.ts';
import type { TransactionTime } from '../transaction/transaction-timers.ts';

/** RFC 3262 7.1: room for counting on. */
const LARGEST_FIRST_NUMBER = 2 ** 31 - 1;

/** When provisional responses are sent reliably: never, when the caller demands it, or whenever the caller can. */
export type Reliability = 'off' | 'allow' | 'require';

/** Whether the provisional responses to this INVITE are sent reliably (RFC 3262 3). */
export function isSentReliably(invite: SipRequest, reliability: Reliability): boolean {
  const names = (header: string) => hasOptionTag(invite, header, '100rel');
  return reliability !== 'off' && (names('Require') || (reliability === 'require' && names('Supported')));
}

/** A RAck header (RFC 3262 7.2). */
export interface ProvisionalAck {
  readonly number: number;
  readonly sequence: number;
  readonly method: string;
}

/** Undefined when it makes no sense. */
export function parseRack(value: string | undefined): ProvisionalAck | undefined {
  const [number = '', sequence = '', method, ...rest] = (value ?? '').trim().split(/[ \t]+/);
  if (!/^\d{1,10}$/.test(number) || !/^\d{1,10}$/.test(sequence) || !method || rest.length > 0) return undefined;
  return { number: Number(number), sequence: Number(sequence), method };
}

interface Waiting {
  /** Sends the response with this RSeq for the first time, and gives what repeats it. */
  readonly send: (number: number) => () => void;
  readonly describes: boolean;
}

/**
 * Reliable provisional responses of one INVITE (RFC 3262 3): one at a time, repeated with T1 doubling until its PRACK comes,
 * given up after 64*T1. The next one waits for that.
 */
export class ReliableProvisionals {
  readonly #time: TransactionTime;
  readonly #inviteSequence: number;
  readonly #givenUp: () => void;
  readonly #queue: Waiting[] = [];
  /** Of the next response; 0 before the first, since most calls have none. */
  #number = 0;
  #current: { readonly describes: boolean; readonly giveUp: RunningTimer; repeat: RunningTimer } | undefined;
  /** A final response may overtake the PRACK, which deserves its 200 all the same (RFC 3262 3). */
  #isAwaited = false;

  constructor(time: TransactionTime, inviteSequence: number, givenUp: () => void) {
    this.#time = time;
    this.#inviteSequence = inviteSequence;
    this.#givenUp = givenUp;
  }

  /** Whether a description of ours waits for its PRACK: until then there must be no 2xx. */
  get describes(): boolean {
    return this.#current?.describes === true || this.#queue.some(({ describes }) => describes);
  }

  /** @param describes whether it carries a session description. */
  send(send: Waiting['send'], describes: boolean): void {
    this.#queue.push({ send, describes });
    this.#sendNext();
  }

  /** True when the PRACK speaks of the response that waits for it; any other one deserves 481. */
  acknowledge(rack: ProvisionalAck | undefined): boolean {
    if (!this.#isAwaited || !rack) return false;
    if (rack.number !== this.#number || rack.sequence !== this.#inviteSequence || rack.method !== 'INVITE')
      return false;
    this.#endCurrent();
    this.#isAwaited = false;
    this.#number++;
    return true;
  }

  /** To be called once the PRACK is answered. */
  resume(): void {
    this.#sendNext();
  }

  /** A final response is out, or the call is over. */
  stop(): void {
    this.#queue.length = 0;
    this.#endCurrent();
  }

  #sendNext(): void {
    const next = this.#current ? undefined : this.#queue.shift();
    if (!next) return;
    if (this.#number === 0) this.#number = randomInt(1, LARGEST_FIRST_NUMBER);
    const repeat = next.send(this.#number);
    this.#isAwaited = true;
    const { clock, bases } = this.#time;
    this.#current = {
      describes: next.describes,
      repeat: this.#schedule(bases.t1Ms, repeat),
      giveUp: clock.start(GIVE_UP_FACTOR * bases.t1Ms, () => {
        this.stop();
        this.#givenUp();
      }),
    };
  }

  #schedule(delayMs: number, repeat: () => void): RunningTimer {
    return this.#time.clock.start(delayMs, () => {
      repeat();
      if (this.#current) this.#current.repeat = this.#schedule(2 * delayMs, repeat);
    });
  }

  #endCurrent(): void {
    this.#current?.repeat.cancel();
    this.#current?.giveUp.cancel();
    this.#current = undefined;
  }
}
