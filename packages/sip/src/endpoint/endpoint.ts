import { systemClock } from '../clock.ts';
import { EndpointGuard } from '../guard/endpoint-guard.ts';
import type { Ban } from '../guard/guard.ts';
import { DTMF, DTMF_RELAY } from '../info/digit-info.ts';
import { type SipRequest, tagOf } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { parseMessage } from '../message/parser.ts';
import { responseToFragment } from '../message/response.ts';
import { reasonPhrase } from '../message/status.ts';
import { markReceived } from '../message/via.ts';
import { replacementBy } from '../refer/invite-with-replaces.ts';
import { SIPFRAG } from '../refer/sipfrag.ts';
import { REGISTRAR_EXTENSIONS, type RegisteredUsers, RegistrarService } from '../registration/registrar-service.ts';
import type { Registration, RegistrationOptions } from '../registration/registration-types.ts';
import { Registrations } from '../registration/registrations.ts';
import { trustingRegistrations } from '../registration/trusting-policy.ts';
import { SESSION_EXTENSIONS, TOLERATED_EXTENSIONS } from '../session/extensions.ts';
import { inDialogHandlers } from '../session/in-dialog-handlers.ts';
import { isIntervalTooSmall, LEAST_SESSION_SECONDS } from '../session/session-interval.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { rfcTimerBases } from '../transaction/timers.ts';
import { TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Flow } from '../transport/flow.ts';
import type { Reachability } from '../transport/reachability.ts';
import { responseFlow } from '../transport/response-flow.ts';
import type { TlsIdentity } from '../transport/tls-acceptor.ts';
import { type TransportCounters, Transports } from '../transport/transports.ts';
import { Admission, type Arrival } from './admission.ts';
import { Authenticator, type Sender } from './authenticator.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { Capabilities } from './capabilities.ts';
import { sessionOf } from './dialog-session.ts';
import type { Refusal, SipEndpoint, SipEndpointOptions } from './endpoint-types.ts';
import type { EstablishedCall, RestoreOptions } from './established-call-types.ts';
import { ReceivedInvite } from './incoming-call.ts';
import { SentInvite } from './outgoing-call.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';
import type { RequestHandlers } from './request-handlers.ts';
import { RestoredCall } from './restored-call.ts';
import { ACCEPTED_BODY, type DialogUser, type EndableCall, respond, type Signalling } from './signalling.ts';

/** Answers to the last BYEs come within a round trip; a peer that is gone must not hold up a shutdown. */
const CLOSE_PATIENCE_MS = 3_000;

/** Spoken everywhere, without a handler of their own (RFC 3261 9, 17). */
const BASIC_METHODS = ['ACK', 'CANCEL'];

/** Opens the sockets. Rejects when address or port cannot be had. */
export async function createSipEndpoint(options: SipEndpointOptions): Promise<SipEndpoint> {
  const inbox: { endpoint?: Endpoint } = {};
  const transports = await Transports.open({
    host: options.host,
    port: options.port,
    tls: options.tls,
    advertised: options.advertised,
    dns: options.dns,
    clock: options.clock ?? systemClock,
    message: (bytes, flow) => inbox.endpoint?.receive(bytes, flow),
    connectionLost: (connection) => inbox.endpoint?.connectionLost(connection),
  });
  inbox.endpoint = new Endpoint(options, transports);
  return inbox.endpoint;
}

/** Media types some request of ours or of a peer may carry. */
const READ_BODIES = [ACCEPTED_BODY, 'multipart/mixed', SIPFRAG, DTMF_RELAY, DTMF];

class Endpoint implements SipEndpoint {
  readonly host: string;
  readonly port: number;
  readonly #options: SipEndpointOptions;
  readonly #signalling: Signalling;
  readonly #admission: Admission;
  readonly #authenticator: Authenticator;
  readonly #guard: EndpointGuard;
  readonly #registrations: Registrations;
  readonly #registrar: RegistrarService | undefined;
  readonly #handlers: RequestHandlers = new Map([
    ['INVITE', { sender: 'known', handle: (arrival, sender) => this.#invite(arrival, sender) }],
    // Carriers probe with OPTIONS and without credentials (RFC 3261 11).
    ['OPTIONS', { sender: 'anyone', handle: (arrival) => this.#answerOptions(arrival) }],
  ]);
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(options: SipEndpointOptions, transports: Transports) {
    this.#options = options;
    this.host = options.host;
    this.port = transports.port;
    const time = { clock: options.clock ?? systemClock, bases: rfcTimerBases };
    const capabilities = new Capabilities();
    if (options.registrar) {
      this.#handlers.set('REGISTER', { sender: 'known', handle: (arrival, sender) => this.#register(arrival, sender) });
      for (const tag of REGISTRAR_EXTENSIONS) capabilities.tolerateExtension(tag);
    }
    for (const method of [...this.#handlers.keys(), ...BASIC_METHODS, ...inDialogHandlers.keys()]) {
      capabilities.addMethod(method);
    }
    for (const type of READ_BODIES) capabilities.addBody(type);
    for (const tag of ['replaces', 'norefersub']) capabilities.addExtension(tag);
    for (const tag of SESSION_EXTENSIONS) capabilities.addExtension(tag);
    for (const tag of TOLERATED_EXTENSIONS) capabilities.tolerateExtension(tag);
    this.#signalling = {
      ...time,
      userAgent: options.userAgent,
      capabilities,
      transports,
      dialogs: new Map<string, DialogUser>(),
      calls: new Set<EndableCall>(),
      layer: new TransactionLayer({
        ...time,
        send: (flow, bytes, failed) => this.#send(flow, bytes, failed),
        request: (request, transaction, flow, merged) => void this.#handle(request, transaction, flow, merged),
        ack: (request) => sessionOf(this.#signalling, request)?.acknowledge(request),
      }),
    };
    const refused = (refusal: Refusal) => this.#reportRefusal(refusal);
    this.#registrations = new Registrations(this.#signalling);
    const sourcePolicy = trustingRegistrations(this.#registrations, options.sourcePolicy);
    this.#guard = new EndpointGuard({
      ...options.guard,
      clock: time.clock,
      isListed: (address) => sourcePolicy.isListed(address),
      silenced: (ban, last) => {
        if (last) this.#signalling.transports.drop(last);
        options.onSilenced?.(ban);
      },
      refused,
    });
    this.#admission = new Admission({
      signalling: this.#signalling,
      isOverloaded: () => options.isOverloaded?.() ?? false,
      refused,
    });
    this.#authenticator = new Authenticator({
      signalling: this.#signalling,
      authentication: options.authentication,
      sourcePolicy,
      guard: this.#guard,
      refuse: (arrival, code, reason, username) => this.#admission.refuse(arrival, code, reason, {}, username),
    });
    this.#registrar =
      options.registrar &&
      new RegistrarService({
        signalling: this.#signalling,
        registrar: options.registrar,
        refuse: (arrival, code, reason) => this.#admission.refuse(arrival, code, reason),
      });
  }

  get tlsPort(): number | undefined {
    return this.#signalling.transports.tlsPort;
  }

  get reachability(): Reachability {
    return this.#signalling.transports.reachability;
  }

  get transportCounters(): TransportCounters {
    return this.#signalling.transports.counters;
  }

  setTlsIdentity(identity: TlsIdentity): void {
    this.#signalling.transports.setTlsIdentity(identity);
  }

  get activeCalls(): number {
    return this.#signalling.calls.size;
  }

  call(options: OutgoingCallOptions): OutgoingCall {
    if (this.#closing) throw new Error('the endpoint is closed');
    return new SentInvite(this.#signalling, options);
  }

  register(options: RegistrationOptions): Registration {
    if (this.#closing) throw new Error('the endpoint is closed');
    return this.#registrations.register(options);
  }

  get registeredUsers(): RegisteredUsers | undefined {
    return this.#registrar;
  }

  restore(snapshot: CallSnapshot, options: RestoreOptions): EstablishedCall {
    if (this.#closing) throw new Error('the endpoint is closed');
    return new RestoredCall(this.#signalling, snapshot, options);
  }

  refuseNewCalls(): void {
    this.#admission.isClosed = true;
  }

  bans(): Ban[] {
    return this.#guard.bans();
  }

  liftBan(source: string): boolean {
    return this.#guard.lift(source);
  }

  takeDropped(): number {
    return this.#guard.takeDropped();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.refuseNewCalls();
    const goodbyes = [...this.#signalling.calls].map((call) => call.hangup({ sipCause: 503, text: 'shutting down' }));
    goodbyes.push(this.#registrations.stop());
    const patience = Promise.withResolvers<void>();
    const timer = this.#signalling.clock.start(CLOSE_PATIENCE_MS, patience.resolve);
    await Promise.race([Promise.allSettled(goodbyes), patience.promise]);
    timer.cancel();
    this.#isClosed = true;
    for (const call of [...this.#signalling.calls]) call.abandon();
    for (const dialog of [...this.#signalling.dialogs.values()]) dialog.abandon();
    this.#registrations.abandon();
    this.#registrar?.close();
    this.#guard.close();
    this.#signalling.layer.close();
    await this.#signalling.transports.close();
  }

  receive(bytes: Buffer, flow: Flow): void {
    if (this.#isClosed) return;
    if (this.#guard.drops(bytes, flow)) {
      this.#signalling.transports.drop(flow);
      return;
    }
    this.#trace('in', flow, bytes);
    try {
      const message = parseMessage(bytes);
      if (message.kind === 'response') {
        this.#signalling.layer.receiveResponse(message);
        return;
      }
      if (tagOf(message.to) === undefined && this.#guard.silencesScanner(message, flow)) {
        this.#signalling.transports.drop(flow);
        return;
      }
      const request = { ...message, via: markReceived(message.via, flow.remoteAddress, flow.remotePort) };
      this.#signalling.layer.receiveRequest(request, flow, responseFlow(request, flow));
    } catch (error) {
      if (error instanceof SipParseError) this.#refuseMalformed(error, flow);
      else this.#reportFault(error, flow);
    }
  }

  connectionLost(connection: number): void {
    if (!this.#isClosed) this.#signalling.layer.connectionLost(connection);
  }

  /** A request that opens a transaction. Whatever goes wrong with it ends it, and nothing else. */
  async #handle(request: SipRequest, transaction: ServerTransaction, source: Flow, merged: boolean): Promise<void> {
    const receivedAtMs = this.#signalling.clock.nowMs();
    const arrival = { request, transaction, source, localTag: this.#admission.newTag(), receivedAtMs };
    const noDialog = `${request.method} for a call that is not here`;
    try {
      const session = sessionOf(this.#signalling, request);
      if (request.method === 'CANCEL') this.#cancel(arrival);
      else if (session) await this.#handleInDialog(session, arrival);
      else if (tagOf(request.to) !== undefined) this.#admission.refuse(arrival, 'no_dialog', noDialog);
      else if (!this.#admission.refusesAtOnce(arrival, merged)) await this.#admit(arrival);
    } catch (error) {
      // Lists of headers are read when they are needed, so a fault in one of them may show late.
      if (error instanceof SipParseError) this.#admission.refuse(arrival, 'malformed', error.message);
      else this.#admission.refuse(arrival, 'internal_error', faultText(error));
    }
  }

  async #admit(arrival: Arrival): Promise<void> {
    const { request, transaction, localTag } = arrival;
    transaction.onCancel(() => respond(this.#signalling, request, transaction, 487, { toTag: localTag }));
    const handler = this.#handlers.get(request.method);
    const sender = handler?.sender === 'anyone' ? undefined : await this.#authenticator.authenticate(arrival);
    if (handler?.sender !== 'anyone' && !sender) return;
    if (this.#admission.refusesMethod(arrival, handler !== undefined)) return;
    await handler?.handle(arrival, sender);
  }

  #answerOptions({ request, transaction, localTag }: Arrival): void {
    const { allow, accept, supported } = this.#signalling.capabilities;
    respond(this.#signalling, request, transaction, 200, {
      toTag: localTag,
      headers: { Allow: allow, Accept: accept, Supported: supported },
    });
  }

  #register(arrival: Arrival, sender: Sender | undefined): void {
    if (sender) this.#registrar?.handle(arrival, sender);
  }

  async #invite(arrival: Arrival, sender: Sender | undefined): Promise<void> {
    const { request, transaction, source, localTag, receivedAtMs } = arrival;
    if (!sender || this.#admission.refusesBody(arrival)) return;
    if (isIntervalTooSmall(request)) {
      const headers = { 'Min-SE': String(LEAST_SESSION_SECONDS) };
      const reason = `a session must last at least ${LEAST_SESSION_SECONDS} seconds`;
      this.#admission.refuse(arrival, 'session_interval_too_small', reason, headers);
      return;
    }
    const read = this.#admission.readOffer(arrival);
    if (read === 'refused') return;
    const replacement = replacementBy(request, sender.owner, this.#signalling.dialogs);
    if (replacement.kind === 'refused') {
      this.#admission.refuse(arrival, replacement.code, replacement.reason);
      return;
    }
    const { dialog } = replacement;
    const onInvite = dialog ? (call: ReceivedInvite) => dialog.replaceBy(call) : this.#options.onInvite;
    if (!onInvite) {
      this.#admission.refuse(arrival, 'nobody_answers', 'nobody answers calls here');
      return;
    }
    const path = await this.#signalling.transports.pathFor(source);
    if (this.#isClosed || !transaction.isOpen) return;
    const call = new ReceivedInvite({
      signalling: this.#signalling,
      request,
      transaction,
      source,
      path,
      localTag,
      receivedAtMs,
      owner: sender.owner,
      style: sender.style,
      offer: read.offer,
    });
    try {
      onInvite(call);
    } catch (error) {
      call.fail(error);
    }
  }

  /** Requests of a dialog come from the host it was made with; others prove who they are. */
  async #handleInDialog(session: DialogUser, arrival: Arrival): Promise<void> {
    const { request, transaction, source } = arrival;
    const { role, flow } = session.dialog.snapshot();
    const isStranger = flow.remoteAddress !== source.remoteAddress && role === 'uas';
    if (isStranger && !(await this.#authenticator.authenticateInDialog(arrival))) return;
    session.receive(request, transaction, source);
  }

  /** Always 200 when the INVITE is known, even too late (RFC 3261 9.2). */
  #cancel(arrival: Arrival): void {
    const { request, transaction, localTag } = arrival;
    const invite = this.#signalling.layer.cancelled(request);
    if (!invite) {
      this.#admission.refuse(arrival, 'no_dialog', 'CANCEL for an INVITE that is not here');
      return;
    }
    respond(this.#signalling, request, transaction, 200, { toTag: localTag });
    invite.cancel(request);
  }

  #refuseMalformed(error: SipParseError, source: Flow): void {
    const { fragment, status, code, message } = error;
    if (!fragment) return;
    const response = responseToFragment(fragment, {
      status,
      reason: status === 400 ? `Bad Request: ${message}` : reasonPhrase(status),
      toTag: this.#admission.newTag(),
      source: { address: source.remoteAddress, port: source.remotePort },
      server: this.#options.userAgent,
    });
    if (response) this.#send(source, response, () => {});
    const callId = fragment.headers.get('Call-ID') ?? '';
    const atMs = this.#signalling.clock.nowMs();
    this.#reportRefusal({ atMs, source, method: fragment.method, callId, status, code, reason: message });
  }

  /** A fault of ours while reading a response; its call goes on or times out, the process goes on in any case. */
  #reportFault(error: unknown, source: Flow): void {
    const atMs = this.#signalling.clock.nowMs();
    const reason = faultText(error);
    this.#reportRefusal({ atMs, source, method: '', callId: '', status: 500, code: 'internal_error', reason });
  }

  #send(flow: Flow, bytes: Buffer, failed: () => void): void {
    this.#trace('out', flow, bytes);
    this.#guard.sent(bytes, flow);
    this.#signalling.transports.send(flow, bytes, failed);
  }

  #trace(direction: 'in' | 'out', flow: Flow, bytes: Buffer): void {
    const { onMessage } = this.#options;
    if (!onMessage) return;
    try {
      onMessage({ atMs: this.#signalling.clock.nowMs(), direction, flow, bytes });
    } catch {
      // Who watches must not disturb the traffic.
    }
  }

  #reportRefusal(refusal: Refusal): void {
    try {
      this.#options.onRefused?.(refusal);
    } catch {
      // As above: the refusal itself is done.
    }
  }
}

function faultText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
