import type { SipResponse } from '../message/message.ts';
import { TableMachine } from '../transition-table.ts';
import type { Flow } from '../transport/flow.ts';
import { type ClientAction, type ClientEvent, inviteClientTable, nonInviteClientTable } from './client-tables.ts';
import { type TransactionTime, TransactionTimers } from './transaction-timers.ts';

const timers = {
  startA: { name: 'A', event: 'timerA' },
  startB: { name: 'B', event: 'timerB' },
  startD: { name: 'D', event: 'timerD' },
  startM: { name: 'M', event: 'timerM' },
  startE: { name: 'E', event: 'timerE' },
  startE2: { name: 'E2', event: 'timerE' },
  startF: { name: 'F', event: 'timerF' },
  startK: { name: 'K', event: 'timerK' },
} as const;

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
  finished(): void;
}

/** One request of ours until its final answer is absorbed (RFC 3261 17.1). */
export class ClientTransaction {
  readonly #options: ClientTransactionOptions;
  readonly #timers: TransactionTimers;
  readonly #machine: { readonly state: string; fire(event: ClientEvent): void };
  #response: SipResponse | undefined;
  #ack: Buffer | undefined;

  constructor(options: ClientTransactionOptions) {
    this.#options = options;
    this.#timers = new TransactionTimers(options, options.flow.transport === 'tcp');
    const perform = (action: ClientAction) => this.#perform(action);
    this.#machine = options.invite
      ? new TableMachine(inviteClientTable, 'calling', perform)
      : new TableMachine(nonInviteClientTable, 'trying', perform);
  }

  get flow(): Flow {
    return this.#options.flow;
  }

  get state(): string {
    return this.#machine.state;
  }

  /** Sends the request for the first time. */
  begin(): void {
    for (const action of this.#options.invite ? (['startA', 'startB'] as const) : (['startE', 'startF'] as const)) {
      this.#perform(action);
    }
    this.#perform('send');
  }

  receive(response: SipResponse): void {
    this.#response = response;
    this.#machine.fire(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure');
  }

  transportError(): void {
    this.#machine.fire('transportError');
  }

  stop(): void {
    this.#timers.stopAll();
  }

  #perform(action: ClientAction): void {
    const { handlers } = this.#options;
    switch (action) {
      case 'send':
        this.#options.send(this.#options.bytes);
        break;
      case 'sendAck':
        if (this.#response) this.#ack ??= this.#options.ackFor(this.#response);
        if (this.#ack) this.#options.send(this.#ack);
        break;
      case 'deliver':
        if (this.#response) handlers.response(this.#response);
        this.#response = undefined;
        break;
      case 'reportTimeout':
        handlers.timeout();
        break;
      case 'reportTransportError':
        handlers.transportError();
        break;
      case 'stopTimers':
        this.#timers.stopAll();
        break;
      case 'finish':
        this.#timers.stopAll();
        this.#options.finished();
        break;
      default:
        this.#timers.start(timers[action].name, () => this.#machine.fire(timers[action].event));
    }
  }
}
