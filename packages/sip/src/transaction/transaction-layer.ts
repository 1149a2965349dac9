import { SipHeaders } from '../message/headers.ts';
import { type SipRequest, type SipResponse, tagOf } from '../message/message.ts';
import { type RequestDraft, serialiseRequest } from '../message/serialiser.ts';
import { MAGIC_COOKIE } from '../message/via.ts';
import { randomText } from '../random-text.ts';
import { type Flow, isReliable, type Path } from '../transport/flow.ts';
import { LARGEST_UDP_REQUEST_BYTES, trimmed } from '../transport/large-request.ts';
import { ClientTransaction, type ClientTransactionHandlers } from './client-transaction.ts';
import { clientKey, clientKeyOf, copyKey, serverKey } from './matching.ts';
import { ServerTransaction, type ServerTransactionWorld } from './server-transaction.ts';
import type { TransactionTime } from './transaction-timers.ts';

export interface TransactionLayerOptions extends TransactionTime {
  send(flow: Flow, bytes: Buffer, failed: () => void): void;
  /** A request that opens a transaction. `merged`: another copy of it is being handled (RFC 3261 8.2.2.2). */
  request(request: SipRequest, transaction: ServerTransaction, flow: Flow, merged: boolean): void;
  /** A request for whose transaction there is no room. */
  overflow(request: SipRequest, responseFlow: Flow): void;
  /** An ACK that belongs to a dialog. */
  ack(request: SipRequest): void;
}

/** A request in flight: what its CANCEL needs. */
export interface SentRequest {
  readonly draft: RequestDraft;
  readonly branch: string;
  readonly path: Path;
}

/**
 * Bounds what a flood with made-up sources can take, at about 1 kB each. A thousand calls a second leave 96,000 of them:
 * three requests a call, 32 s each.
 */
export const MOST_SERVER_TRANSACTIONS = 131_072;

/** Finds the transaction of every message, and makes new ones (RFC 3261 17). */
export class TransactionLayer {
  readonly #options: TransactionLayerOptions;
  readonly #servers = new Map<string, ServerTransaction>();
  readonly #clients = new Map<string, ClientTransaction>();
  /** First transaction of its kind, by what its copies share. */
  readonly #byCopy = new Map<string, ServerTransaction>();

  readonly #serverWorld: ServerTransactionWorld;

  constructor(options: TransactionLayerOptions) {
    this.#options = options;
    this.#serverWorld = {
      clock: options.clock,
      bases: options.bases,
      send: (transaction, bytes) => options.send(transaction.flow, bytes, () => transaction.transportError()),
      ack: (request) => options.ack(request),
      finished: (transaction) => this.#forgetServer(transaction),
    };
  }

  /** @param responseFlow where responses go, which is not the source for a peer without `rport`. */
  receiveRequest(request: SipRequest, flow: Flow, responseFlow: Flow): void {
    const key = serverKey(request);
    const known = this.#servers.get(key);
    if (request.method === 'ACK') {
      // Some clients give the ACK of a refusal a branch of its own; it would be refused for 32 s without end.
      const invite = known ?? this.#byCopy.get(copyKey(request));
      if (invite) invite.ack(request);
      else this.#options.ack(request);
      return;
    }
    if (known) {
      known.retransmission();
      return;
    }
    if (this.#servers.size >= MOST_SERVER_TRANSACTIONS) {
      // Within a call it is sent again, and finds room then.
      if (tagOf(request.to) === undefined) this.#options.overflow(request, responseFlow);
      return;
    }
    const copy = copyKey(request);
    const other = tagOf(request.to) === undefined ? this.#byCopy.get(copy) : undefined;
    const transaction = new ServerTransaction(this.#serverWorld, {
      invite: request.method === 'INVITE',
      flow: responseFlow,
      key,
      copyKey: copy,
    });
    this.#servers.set(key, transaction);
    // A phone that repeats its INVITE with credentials may keep the sequence number: a refused one blocks no copies.
    const merged = other !== undefined && !other.isRefused;
    if (!merged) this.#byCopy.set(copy, transaction);
    this.#options.request(request, transaction, flow, merged);
  }

  /** The INVITE a CANCEL speaks of. */
  cancelled(cancel: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(serverKey(cancel, 'INVITE'));
  }

  /** Responses nobody waits for are dropped. */
  receiveResponse(response: SipResponse): void {
    this.#clients.get(clientKey(response))?.receive(response);
  }

  /** Sends a request in a transaction of its own. */
  sendRequest(
    draft: RequestDraft,
    path: Path,
    handlers: ClientTransactionHandlers,
    options: { readonly giveUpMs?: number } = {},
  ): SentRequest {
    const sent = { draft, branch: newBranch(), path };
    this.#begin(sent, handlers, options);
    return sent;
  }

  /** CANCEL shares the branch of its INVITE (RFC 3261 9.1). */
  sendCancel(
    { draft, branch, path }: SentRequest,
    reason: string | undefined,
    handlers: ClientTransactionHandlers,
  ): void {
    const headers = new SipHeaders();
    for (const name of ['Route', 'Max-Forwards', 'From', 'To', 'Call-ID']) headers.copyFrom(draft.headers, name);
    headers.append('CSeq', `${sequenceOf(draft)} CANCEL`);
    if (reason !== undefined) headers.append('Reason', reason);
    this.#begin({ draft: { method: 'CANCEL', uri: draft.uri, headers }, branch, path }, handlers);
  }

  /** Waits no longer for the final answer to an INVITE whose CANCEL came to nothing (RFC 3261 9.1). */
  forget({ draft, branch }: SentRequest): void {
    const key = clientKeyOf(branch, draft.method);
    this.#clients.get(key)?.stop();
    this.#clients.delete(key);
  }

  /** Sends what has no transaction: the ACK for a 2xx. */
  sendAck(draft: RequestDraft, path: Path): void {
    this.#options.send(path.flow, serialiseRequest(withVia(draft, path, newBranch())), () => {});
  }

  /** A connection closed: nothing sent on it will be answered. */
  connectionLost(connection: number): void {
    for (const client of [...this.#clients.values()]) {
      if (client.flow.connection === connection) client.transportError();
    }
  }

  close(): void {
    for (const transaction of this.#servers.values()) transaction.stop();
    for (const transaction of this.#clients.values()) transaction.stop();
    this.#servers.clear();
    this.#clients.clear();
    this.#byCopy.clear();
  }

  /** How many transactions are kept. */
  get size(): number {
    return this.#servers.size + this.#clients.size;
  }

  #forgetServer(transaction: ServerTransaction): void {
    this.#servers.delete(transaction.key);
    if (this.#byCopy.get(transaction.copyKey) === transaction) this.#byCopy.delete(transaction.copyKey);
  }

  #begin(
    { draft, branch, path }: SentRequest,
    handlers: ClientTransactionHandlers,
    options: { readonly giveUpMs?: number } = {},
  ): void {
    const { flow } = path;
    const key = clientKeyOf(branch, draft.method);
    const transaction = new ClientTransaction({
      clock: this.#options.clock,
      bases: this.#options.bases,
      ...options,
      invite: draft.method === 'INVITE',
      flow,
      bytes: requestBytes(draft, path, branch),
      ackFor: (response) => serialiseRequest(withVia(ackDraft(draft, response), path, branch)),
      send: (bytes) => this.#options.send(flow, bytes, () => transaction.transportError()),
      handlers,
      finished: () => this.#clients.delete(key),
    });
    this.#clients.set(key, transaction);
    transaction.begin();
  }
}

/** What is too large for UDP loses what it can do without; whether that is enough was decided with its route. */
function requestBytes(draft: RequestDraft, path: Path, branch: string): Buffer {
  const bytes = serialiseRequest(withVia(draft, path, branch));
  if (isReliable(path.flow) || bytes.length <= LARGEST_UDP_REQUEST_BYTES) return bytes;
  return serialiseRequest(withVia(trimmed(draft), path, branch));
}

function newBranch(): string {
  return `${MAGIC_COOKIE}${randomText(12)}`;
}

function sequenceOf(draft: RequestDraft): string {
  return draft.headers.get('CSeq')?.split(' ', 1)[0] ?? '';
}

function withVia(draft: RequestDraft, { flow, address }: Path, branch: string): RequestDraft {
  const headers = new SipHeaders();
  headers.append('Via', `SIP/2.0/${flow.transport.toUpperCase()} ${address};rport;branch=${branch}`);
  return { ...draft, headers: headers.copyAll(draft.headers) };
}

/** RFC 3261 17.1.1.3: the INVITE's own route and sender, the response's To. */
function ackDraft(invite: RequestDraft, response: SipResponse): RequestDraft {
  const headers = new SipHeaders();
  for (const name of ['Route', 'Max-Forwards', 'From', 'Call-ID']) headers.copyFrom(invite.headers, name);
  headers.copyFrom(response.headers, 'To').append('CSeq', `${sequenceOf(invite)} ACK`);
  return { method: 'ACK', uri: invite.uri, headers };
}
