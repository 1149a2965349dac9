import type { SipResponse } from '../message/message.ts';
import { knownState, type TransitionTable } from '../transition-table.ts';
import { type Flow, isReliable } from '../transport/flow.ts';
import { type ClientAction, type ClientEvent, inviteClientTable, nonInviteClientTable } from './client-tables.ts';
import type { TimerName } from './timers.ts';
import { type TransactionTime, TransactionTimers, type TransactionTimersSnapshot } from './transaction-timers.ts';

/** What the user of a client transaction is told. */
export interface ClientTransactionHandlers {
  response(response: SipResponse): void;
  /** No final answer in time. */
  timeout(): void;
  transportError(): void;
}

export interface ClientTransactionOptions extends TransactionTime {
  readonly invite: boolean;
  readonly flow: Flow;
  readonly bytes: Buffer;
  /** The ACK for a final response that is no success (RFC 3261 17.1.1.3). */
  ackFor(response: SipResponse): Buffer;
  send(bytes: Buffer): void;
  readonly handlers: ClientTransactionHandlers;
  /** Instead of 64*T1, when there is another place to try. */
  readonly giveUpMs?: number;
  finished(): void;
}

/** What a timer is to the table. */
const timerEvents: Readonly<Partial<Record<TimerName, ClientEvent>>> = {
  A: 'timerA',
  B: 'timerB',
  D: 'timerD',
  M: 'timerM',
  E: 'timerE',
  E2: 'timerE',
  F: 'timerF',
  K: 'timerK',
};

/** A client transaction as plain JSON data. */
export interface ClientTransactionSnapshot {
  readonly invite: boolean;
  readonly state: string;
  readonly flow: Flow;
  /** The request, base64. */
  readonly bytes: string;
  /** The ACK for a refusal, base64. */
  readonly ack: string | undefined;
  readonly timers: TransactionTimersSnapshot;
}

/** One request of ours until its final answer is absorbed (RFC 3261 17.1). */
export class ClientTransaction {
  readonly #options: ClientTransactionOptions;
  readonly #timers: TransactionTimers;
  readonly #table: TransitionTable<string, ClientEvent, ClientAction>;
  #state: string;
  #response: SipResponse | undefined;
  #ack: Buffer | undefined;

  static readonly #actions: Readonly<Record<ClientAction, (transaction: ClientTransaction) => void>> = {
    send: (transaction) => transaction.#options.send(transaction.#options.bytes),
    sendAck: (transaction) => transaction.#sendAck(),
    deliver: (transaction) => transaction.#deliver(),
    reportTimeout: (transaction) => transaction.#options.handlers.timeout(),
    reportTransportError: (transaction) => transaction.#options.handlers.transportError(),
    stopTimers: (transaction) => transaction.#timers.stopAll(),
    finish: (transaction) => {
      transaction.#timers.stopAll();
      transaction.#options.finished();
    },
    startA: (transaction) => transaction.#timers.start('A'),
    startB: (transaction) => transaction.#timers.start('B', transaction.#options.giveUpMs),
    startD: (transaction) => transaction.#timers.start('D'),
    startM: (transaction) => transaction.#timers.start('M'),
    startE: (transaction) => transaction.#timers.start('E'),
    startE2: (transaction) => transaction.#timers.start('E2'),
    startF: (transaction) => transaction.#timers.start('F', transaction.#options.giveUpMs),
    startK: (transaction) => transaction.#timers.start('K'),
  };

  constructor(options: ClientTransactionOptions, restored?: ClientTransactionSnapshot) {
    this.#options = options;
    this.#timers = new TransactionTimers(options, isReliable(options.flow), this);
    this.#table = options.invite ? inviteClientTable : nonInviteClientTable;
    this.#state = knownState(this.#table, restored?.state ?? (options.invite ? 'calling' : 'trying'));
    if (!restored) return;
    this.#ack = restored.ack === undefined ? undefined : Buffer.from(restored.ack, 'base64');
    this.#timers.resume(restored.timers);
  }

  snapshot(): ClientTransactionSnapshot {
    const { invite, flow, bytes } = this.#options;
    return {
      invite,
      state: this.state,
      flow,
      bytes: bytes.toString('base64'),
      ack: this.#ack?.toString('base64'),
      timers: this.#timers.snapshot(),
    };
  }

  get flow(): Flow {
    return this.#options.flow;
  }

  get state(): string {
    return this.#state;
  }

  /** Sends the request for the first time. */
  begin(): void {
    const { invite, giveUpMs } = this.#options;
    this.#timers.start(invite ? 'A' : 'E');
    this.#timers.start(invite ? 'B' : 'F', giveUpMs);
    this.#options.send(this.#options.bytes);
  }

  receive(response: SipResponse): void {
    this.#response = response;
    this.#fire(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure');
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

  #fire(event: ClientEvent): void {
    const transition = this.#table[this.#state]?.[event];
    if (!transition) return;
    this.#state = transition.next;
    // One table of actions for all transactions: each with closures of its own would keep 3 kB for 32 s.
    for (const action of transition.actions ?? []) ClientTransaction.#actions[action](this);
  }

  #sendAck(): void {
    if (this.#response) this.#ack ??= this.#options.ackFor(this.#response);
    if (this.#ack) this.#options.send(this.#ack);
  }

  #deliver(): void {
    if (this.#response) this.#options.handlers.response(this.#response);
    this.#response = undefined;
  }
}
