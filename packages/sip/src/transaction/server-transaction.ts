import type { SipRequest } from '../message/message.ts';
import { knownState, type TransitionTable } from '../transition-table.ts';
import { type Flow, isReliable } from '../transport/flow.ts';
import { inviteServerTable, nonInviteServerTable, type ServerAction, type ServerEvent } from './server-tables.ts';
import type { TimerName } from './timers.ts';
import { type TransactionTime, TransactionTimers, type TransactionTimersSnapshot } from './transaction-timers.ts';

/** What server transactions need of the world: one for all of a layer. */
export interface ServerTransactionWorld extends TransactionTime {
  send(transaction: ServerTransaction, bytes: Buffer): void;
  /** An ACK in the INVITE's own transaction although it was answered with 2xx (RFC 6026 7.1). */
  ack(request: SipRequest): void;
  finished(transaction: ServerTransaction): void;
}

export interface ServerTransactionOptions {
  readonly invite: boolean;
  /** Where responses go. */
  readonly flow: Flow;
  /** What its messages share (RFC 3261 17.2.3). */
  readonly key: string;
  /** What the copies of its request share (RFC 3261 8.2.2.2). */
  readonly copyKey: string;
}

/** What a timer is to the table. */
const timerEvents: Readonly<Partial<Record<TimerName, ServerEvent>>> = {
  G: 'timerG',
  H: 'timerH',
  I: 'timerI',
  J: 'timerJ',
  L: 'timerL',
};

/** A server transaction as plain JSON data. */
export interface ServerTransactionSnapshot {
  readonly invite: boolean;
  readonly state: string;
  /** Where responses go. */
  readonly flow: Flow;
  /** Base64. */
  readonly lastResponse: string | undefined;
  readonly isRefused: boolean;
  readonly timers: TransactionTimersSnapshot;
}

/**
 * One request from outside until retransmissions of it can no longer come (RFC 3261 17.2). Thousands linger for 32 s
 * under load: it keeps the bytes of the last response, no message, and nothing it could share with the others.
 */
export class ServerTransaction {
  readonly flow: Flow;
  readonly key: string;
  readonly copyKey: string;
  /** To tag of all answers to it; empty before it is chosen. */
  localTag = '';
  readonly #world: ServerTransactionWorld;
  readonly #isInvite: boolean;
  readonly #timers: TransactionTimers;
  readonly #table: TransitionTable<string, ServerEvent, ServerAction>;
  #state: string;
  #lastResponse: Buffer | undefined;
  #nextResponse: Buffer | undefined;
  #ack: SipRequest | undefined;
  #isRefused = false;
  #cancelled: ((cancel: SipRequest) => void) | undefined;

  static readonly #actions: Readonly<Record<ServerAction, (transaction: ServerTransaction) => void>> = {
    replay: (transaction) => transaction.#replay(),
    respond: (transaction) => {
      transaction.#lastResponse = transaction.#nextResponse ?? transaction.#lastResponse;
      transaction.#replay();
    },
    deliverAck: (transaction) => {
      if (transaction.#ack) transaction.#world.ack(transaction.#ack);
    },
    stopTimers: (transaction) => transaction.#timers.stopAll(),
    finish: (transaction) => {
      transaction.#timers.stopAll();
      transaction.#world.finished(transaction);
    },
    startG: (transaction) => transaction.#timers.start('G'),
    startH: (transaction) => transaction.#timers.start('H'),
    startI: (transaction) => transaction.#timers.start('I'),
    startJ: (transaction) => transaction.#timers.start('J'),
    startL: (transaction) => transaction.#timers.start('L'),
  };

  constructor(world: ServerTransactionWorld, options: ServerTransactionOptions, restored?: ServerTransactionSnapshot) {
    this.#world = world;
    this.#isInvite = options.invite;
    this.flow = options.flow;
    this.key = options.key;
    this.copyKey = options.copyKey;
    this.#timers = new TransactionTimers(world, isReliable(options.flow), this);
    this.#table = options.invite ? inviteServerTable : nonInviteServerTable;
    this.#state = knownState(this.#table, restored?.state ?? (options.invite ? 'proceeding' : 'trying'));
    if (!restored) return;
    this.#isRefused = restored.isRefused;
    this.#lastResponse = restored.lastResponse === undefined ? undefined : Buffer.from(restored.lastResponse, 'base64');
    this.#timers.resume(restored.timers);
  }

  snapshot(): ServerTransactionSnapshot {
    return {
      invite: this.#isInvite,
      state: this.state,
      flow: this.flow,
      lastResponse: this.#lastResponse?.toString('base64'),
      isRefused: this.#isRefused,
      timers: this.#timers.snapshot(),
    };
  }

  get state(): string {
    return this.#state;
  }

  /** Whether a final response can still be chosen. */
  get isOpen(): boolean {
    return this.state === 'proceeding' || this.state === 'trying';
  }

  /** Whether the caller has heard nothing yet. */
  get isUnanswered(): boolean {
    return this.isOpen && this.#lastResponse === undefined;
  }

  /** Whether the final response was no success. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Who acts on a CANCEL while no final response is out. */
  onCancel(cancelled: (cancel: SipRequest) => void): void {
    this.#cancelled = cancelled;
  }

  cancel(cancel: SipRequest): void {
    if (this.isOpen) this.#cancelled?.(cancel);
  }

  /** Sends a response, unless a final one makes it impossible. A 2xx to an INVITE may be sent again and again. */
  respond(status: number, bytes: Buffer): void {
    const wasOpen = this.isOpen;
    this.#nextResponse = bytes;
    this.#fire(status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure');
    this.#nextResponse = undefined;
    if (!wasOpen || status < 200) return;
    this.#cancelled = undefined;
    this.#isRefused = status >= 300;
  }

  retransmission(): void {
    this.#fire('request');
  }

  ack(request: SipRequest): void {
    this.#ack = request;
    this.#fire('ack');
    this.#ack = undefined;
  }

  transportError(): void {
    this.#fire('transportError');
  }

  /** One of its timers fires. */
  expired(timer: TimerName): void {
    const event = timerEvents[timer];
    if (event !== undefined) this.#fire(event);
  }

  stop(): void {
    this.#timers.close();
  }

  #fire(event: ServerEvent): void {
    const transition = this.#table[this.#state]?.[event];
    if (!transition) return;
    this.#state = transition.next;
    // One table of actions for all transactions: each with closures of its own would keep 3 kB for 32 s.
    for (const action of transition.actions ?? []) ServerTransaction.#actions[action](this);
  }

  #replay(): void {
    if (this.#lastResponse) this.#world.send(this, this.#lastResponse);
  }
}
