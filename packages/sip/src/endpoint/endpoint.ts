import { systemClock } from '../clock.ts';
import { EndpointGuard } from '../guard/endpoint-guard.ts';
import type { Ban } from '../guard/guard.ts';
import { tagOf } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { parseMessage } from '../message/parser.ts';
import { responseToFragment } from '../message/response.ts';
import { reasonPhrase } from '../message/status.ts';
import { type RegisteredUsers, RegistrarService } from '../registration/registrar-service.ts';
import type { Registration, RegistrationOptions } from '../registration/registration-types.ts';
import { Registrations } from '../registration/registrations.ts';
import { trustingRegistrations } from '../registration/trusting-policy.ts';
import { rfcTimerBases } from '../transaction/timers.ts';
import { TransactionLayer } from '../transaction/transaction-layer.ts';
import type { Flow } from '../transport/flow.ts';
import type { Reachability } from '../transport/reachability.ts';
import { responseFlow } from '../transport/response-flow.ts';
import type { TlsIdentity } from '../transport/tls-acceptor.ts';
import { type LocalPlace, type TransportCounters, Transports } from '../transport/transports.ts';
import { Admission } from './admission.ts';
import { Authenticator } from './authenticator.ts';
import type { CallSnapshot } from './call-snapshot.ts';
import { sessionOf } from './dialog-session.ts';
import type { Refusal, SipEndpoint, SipEndpointOptions } from './endpoint-types.ts';
import type { EstablishedCall, RestoreOptions } from './established-call-types.ts';
import { handleInvite } from './invite-handler.ts';
import { handleOptions } from './options-handler.ts';
import { SentInvite } from './outgoing-call.ts';
import type { OutgoingCall, OutgoingCallOptions } from './outgoing-call-types.ts';
import { ownCapabilities } from './own-capabilities.ts';
import type { RequestHandler, RequestHandlers } from './request-handlers.ts';
import { RequestRouter } from './request-router.ts';
import { RestoredCall } from './restored-call.ts';
import type { DialogUser, EndableCall, Signalling } from './signalling.ts';
import { Watchers } from './watchers.ts';

/** Answers to the last BYEs come within a round trip; a peer that is gone must not hold up a shutdown. */
const CLOSE_PATIENCE_MS = 3_000;

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

class Endpoint implements SipEndpoint {
  readonly host: string;
  readonly port: number;
  readonly #options: SipEndpointOptions;
  readonly #signalling: Signalling;
  readonly #admission: Admission;
  readonly #guard: EndpointGuard;
  readonly #registrations: Registrations;
  readonly #registrar: RegistrarService | undefined;
  readonly #router: RequestRouter;
  readonly #watchers: Watchers;
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(options: SipEndpointOptions, transports: Transports) {
    this.#options = options;
    this.#watchers = new Watchers(options);
    this.host = options.host;
    this.port = transports.port;
    const time = { clock: options.clock ?? systemClock, bases: rfcTimerBases };
    const handlers = this.#requestHandlers();
    this.#signalling = {
      ...time,
      userAgent: options.userAgent,
      capabilities: ownCapabilities(handlers),
      transports,
      dialogs: new Map<string, DialogUser>(),
      calls: new Set<EndableCall>(),
      layer: new TransactionLayer({
        ...time,
        send: (flow, bytes, failed) => this.#send(flow, bytes, failed),
        request: (request, transaction, flow, merged) => void this.#router.route(request, transaction, flow, merged),
        overflow: (request, flow) => this.#admission.turnAway(request, flow),
        ack: (request) => sessionOf(this.#signalling, request)?.acknowledge(request),
      }),
    };
    const refused = (refusal: Refusal) => this.#watchers.refusal(refusal);
    this.#registrations = new Registrations(this.#signalling);
    const sourcePolicy = trustingRegistrations(this.#registrations, options.sourcePolicy);
    this.#guard = new EndpointGuard({
      ...options.guard,
      clock: time.clock,
      isListed: (address) => sourcePolicy.isListed(address),
      silenced: (ban, last) => {
        if (last) this.#signalling.transports.drop(last);
        this.#watchers.silence(ban);
      },
      refused,
    });
    this.#admission = new Admission({
      signalling: this.#signalling,
      isOverloaded: () => options.isOverloaded?.() ?? false,
      refused,
    });
    const authenticator = new Authenticator({
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
    this.#router = new RequestRouter({
      signalling: this.#signalling,
      admission: this.#admission,
      authenticator,
      handlers,
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

  addressFor(peer: Flow): Promise<string> {
    return this.#signalling.transports.addressFor(peer);
  }

  localPlace(flow: Flow): Promise<LocalPlace> {
    return this.#signalling.transports.localPlace(flow);
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
    if (this.#watchers.watchesMessages) this.#watchers.message(this.#signalling.clock.nowMs(), 'in', flow, bytes);
    try {
      const message = parseMessage(bytes, flow);
      if (message.kind === 'response') {
        this.#signalling.layer.receiveResponse(message);
        return;
      }
      if (tagOf(message.to) === undefined && this.#guard.silencesScanner(message, flow)) {
        this.#signalling.transports.drop(flow);
        return;
      }
      this.#signalling.layer.receiveRequest(message, flow, responseFlow(message, flow));
    } catch (error) {
      if (error instanceof SipParseError) this.#refuseMalformed(error, flow);
      else this.#reportFault(error, flow);
    }
  }

  connectionLost(connection: number): void {
    if (!this.#isClosed) this.#signalling.layer.connectionLost(connection);
  }

  #requestHandlers(): RequestHandlers {
    const { onInvite, registrar } = this.#options;
    const isClosed = () => this.#isClosed;
    const handlers = new Map<string, RequestHandler>();
    handlers.set('INVITE', {
      sender: 'known',
      handle: (arrival, sender) =>
        handleInvite({ signalling: this.#signalling, admission: this.#admission, onInvite, isClosed }, arrival, sender),
    });
    // Carriers probe with OPTIONS and without credentials (RFC 3261 11).
    handlers.set('OPTIONS', { sender: 'anyone', handle: (arrival) => handleOptions(this.#signalling, arrival) });
    if (registrar) {
      handlers.set('REGISTER', {
        sender: 'known',
        handle: (arrival, sender) => this.#registrar?.handle(arrival, sender),
      });
    }
    return handlers;
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
    this.#watchers.refusal({ atMs, source, method: fragment.method, callId, status, code, reason: message });
  }

  /** A fault of ours while reading a response; its call goes on or times out, the process goes on in any case. */
  #reportFault(error: unknown, source: Flow): void {
    const atMs = this.#signalling.clock.nowMs();
    const reason = error instanceof Error ? error.message : String(error);
    this.#watchers.refusal({ atMs, source, method: '', callId: '', status: 500, code: 'internal_error', reason });
  }

  #send(flow: Flow, bytes: Buffer, failed: () => void): void {
    if (this.#watchers.watchesMessages) this.#watchers.message(this.#signalling.clock.nowMs(), 'out', flow, bytes);
    this.#guard.sent(bytes, flow);
    this.#signalling.transports.send(flow, bytes, failed);
  }
}
