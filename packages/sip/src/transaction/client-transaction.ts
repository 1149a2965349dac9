import type { SipResponse } from '../message/message.ts';
import { TableMachine } from '../transition-table.ts';
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
  readonly #machine: { readonly state: string; fire(event: ClientEvent): void };
  readonly #begin: readonly (() => void)[];
  #response: SipResponse | undefined;
  #ack: Buffer | undefined;

  constructor(options: ClientTransactionOptions, restored?: ClientTransactionSnapshot) {
    this.#options = options;
    this.#timers = new TransactionTimers(options, isReliable(options.flow));
    const actions = this.#actions();
    this.#begin = options.invite ? [actions.startA, actions.startB] : [actions.startE, actions.startF];
    const initial = restored?.state ?? (options.invite ? 'calling' : 'trying');
    this.#machine = new TableMachine<string, ClientEvent, ClientAction>(
      options.invite ? inviteClientTable : nonInviteClientTable,
      initial,
      actions,
    );
    if (!restored) return;
    this.#ack = restored.ack === undefined ? undefined : Buffer.from(restored.ack, 'base64');
    this.#timers.resume(restored.timers, (timer) => {
      const event = timerEvents[timer];
      if (event !== undefined) this.#machine.fire(event);
    });
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
    return this.#machine.state;
  }

  /** Sends the request for the first time. */
  begin(): void {
    for (const start of this.#begin) start();
    this.#options.send(this.#options.bytes);
  }

  receive(response: SipResponse): void {
    this.#response = response;
    this.#machine.fire(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure');
  }

  transportError(): void {
    this.#machine.fire('transportError');
  }

  stop(): void {
    this.#timers.close();
  }

  #actions(): Record<ClientAction, () => void> {
    const { handlers } = this.#options;
    const timer = (name: TimerName, event: ClientEvent, delayMs?: number) => () =>
      this.#timers.start(name, () => this.#machine.fire(event), delayMs);
    const { giveUpMs } = this.#options;
    return {
      send: () => this.#options.send(this.#options.bytes),
      sendAck: () => {
        if (this.#response) this.#ack ??= this.#options.ackFor(this.#response);
        if (this.#ack) this.#options.send(this.#ack);
      },
      deliver: () => {
        if (this.#response) handlers.response(this.#response);
        this.#response = undefined;
      },
      reportTimeout: () => handlers.timeout(),
      reportTransportError: () => handlers.transportError(),
      stopTimers: () => this.#timers.stopAll(),
      finish: () => {
        this.#timers.stopAll();
        this.#options.finished();
      },
      startA: timer('A', 'timerA'),
      startB: timer('B', 'timerB', giveUpMs),
      startD: timer('D', 'timerD'),
      startM: timer('M', 'timerM'),
      startE: timer('E', 'timerE'),
      startE2: timer('E2', 'timerE'),
      startF: timer('F', 'timerF', giveUpMs),
      startK: timer('K', 'timerK'),
    };
  }
}
