import type { SipRequest } from '../message/message.ts';
import { TableMachine } from '../transition-table.ts';
import { type Flow, isReliable } from '../transport/flow.ts';
import { inviteServerTable, nonInviteServerTable, type ServerAction, type ServerEvent } from './server-tables.ts';
import type { TimerName } from './timers.ts';
import { type TransactionTime, TransactionTimers, type TransactionTimersSnapshot } from './transaction-timers.ts';

export interface ServerTransactionOptions extends TransactionTime {
  readonly invite: boolean;
  /** Where responses go. */
  readonly flow: Flow;
  send(bytes: Buffer): void;
  /** An ACK in the INVITE's own transaction although it was answered with 2xx (RFC 6026 7.1). */
  ack(request: SipRequest): void;
  finished(): void;
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
 * One request from outside until retransmissions of it can no longer come (RFC 3261 17.2). It keeps the bytes of the
 * last response and no message, since thousands linger for 32 s under load.
 */
export class ServerTransaction {
  readonly #options: ServerTransactionOptions;
  readonly #timers: TransactionTimers;
  readonly #machine: { readonly state: string; fire(event: ServerEvent): void };
  #lastResponse: Buffer | undefined;
  #nextResponse: Buffer | undefined;
  #ack: SipRequest | undefined;
  #isRefused = false;
  #cancelled: ((cancel: SipRequest) => void) | undefined;

  constructor(options: ServerTransactionOptions, restored?: ServerTransactionSnapshot) {
    this.#options = options;
    this.#timers = new TransactionTimers(options, isReliable(options.flow));
    const actions = this.#actions();
    const initial = restored?.state ?? (options.invite ? 'proceeding' : 'trying');
    this.#machine = new TableMachine<string, ServerEvent, ServerAction>(
      options.invite ? inviteServerTable : nonInviteServerTable,
      initial,
      actions,
    );
    if (!restored) return;
    this.#isRefused = restored.isRefused;
    this.#lastResponse = restored.lastResponse === undefined ? undefined : Buffer.from(restored.lastResponse, 'base64');
    this.#timers.resume(restored.timers, (timer) => {
      const event = timerEvents[timer];
      if (event !== undefined) this.#machine.fire(event);
    });
  }

  snapshot(): ServerTransactionSnapshot {
    const { invite, flow } = this.#options;
    return {
      invite,
      state: this.state,
      flow,
      lastResponse: this.#lastResponse?.toString('base64'),
      isRefused: this.#isRefused,
      timers: this.#timers.snapshot(),
    };
  }

  get state(): string {
    return this.#machine.state;
  }

  /** Whether a final response can still be chosen. */
  get isOpen(): boolean {
    return this.state === 'proceeding' || this.state === 'trying';
  }

  /** Whether nothing has been sent yet, and something can be. */
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
    this.#machine.fire(status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure');
    this.#nextResponse = undefined;
    if (!wasOpen || status < 200) return;
    this.#cancelled = undefined;
    this.#isRefused = status >= 300;
  }

  retransmission(): void {
    this.#machine.fire('request');
  }

  ack(request: SipRequest): void {
    this.#ack = request;
    this.#machine.fire('ack');
    this.#ack = undefined;
  }

  transportError(): void {
    this.#machine.fire('transportError');
  }

  stop(): void {
    this.#timers.close();
  }

  #actions(): Record<ServerAction, () => void> {
    const timer = (name: TimerName, event: ServerEvent) => () =>
      this.#timers.start(name, () => this.#machine.fire(event));
    const replay = () => {
      if (this.#lastResponse) this.#options.send(this.#lastResponse);
    };
    return {
      replay,
      respond: () => {
        this.#lastResponse = this.#nextResponse ?? this.#lastResponse;
        replay();
      },
      deliverAck: () => {
        if (this.#ack) this.#options.ack(this.#ack);
      },
      stopTimers: () => this.#timers.stopAll(),
      finish: () => {
        this.#timers.stopAll();
        this.#options.finished();
      },
      startG: timer('G', 'timerG'),
      startH: timer('H', 'timerH'),
      startI: timer('I', 'timerI'),
      startJ: timer('J', 'timerJ'),
      startL: timer('L', 'timerL'),
    };
  }
}
