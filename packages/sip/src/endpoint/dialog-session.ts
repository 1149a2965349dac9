import { contactOf, type Dialog, dialogKeyOfRequest } from '../dialog/dialog.ts';
import { SuccessRetransmission } from '../dialog/success-retransmission.ts';
import type { DigestClient } from '../digest/client.ts';
import type { SipHeaders } from '../message/headers.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { responseBytes } from '../message/response.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { parseUri, type SipUri } from '../message/uri.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import { ChangeRefused } from '../session/change-by-peer.ts';
import { type ChangeOutcome, retryAfter, SessionChanges } from '../session/change-by-us.ts';
import { inDialogHandlers } from '../session/in-dialog-handlers.ts';
import { Negotiation } from '../session/negotiation.ts';
import type { ReliableProvisionals } from '../session/reliable-provisionals.ts';
import { intervalForRequest, intervalInResponse, type SessionInterval } from '../session/session-interval.ts';
import { SessionTimer } from '../session/session-timer.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import { contactUri, type Flow, type Path } from '../transport/flow.ts';
import type { ExtraHeaders } from './call-ending.ts';
import { type DialogUser, missingExtensions, respond, type Signalling, warning } from './signalling.ts';

/** The call a session belongs to. */
export interface SessionOwner {
  /** Whether INVITE and its ACK are through, so that the session can be changed. */
  isEstablished(): boolean;
  /** Our answer, or undefined for 488. May throw. */
  offered(offer: SessionDescription): string | undefined;
  /** Our offer for a re-INVITE that asks for one; undefined: what is in force. May throw. */
  offerWanted(): string | undefined;
  /** The answer to an offer we made because the peer asked for it. */
  answerReceived(answer: SessionDescription): void;
  /** A PRACK came and is answered. */
  provisionalAcknowledged(): void;
  /** BYE came; it is answered already. */
  bye(request: SipRequest): void;
  /** A 2xx of ours was never acknowledged. */
  unacknowledged(): void;
  /** The peer does not know this dialog any more, or does not answer in it; `status` is 481 or 408. */
  lost(status: number): void;
  /** Nobody refreshed the session in time (RFC 4028 10). */
  expired(): void;
  /** A handler threw. */
  fault(error: unknown): void;
}

export interface DialogSessionOptions {
  readonly signalling: Signalling;
  readonly dialog: Dialog;
  readonly path: Path;
  /** For a connection to be made anew. */
  readonly tls?: TlsClientOptions | undefined;
  readonly owner: SessionOwner;
  /** What answers challenges, with those of the INVITE. */
  readonly digest?: DigestClient;
}

export interface InDialogRequestOptions {
  readonly headers?: ExtraHeaders;
  /** With its media type. */
  readonly body?: { readonly type: string; readonly content: string };
}

/** What came of a request of ours. */
export interface InDialogAnswer {
  /** The final response; undefined when there was none, or no way to the peer. */
  readonly response: SipResponse | undefined;
  /** When the peer wants to be asked again (RFC 3261 20.33). */
  readonly retryAfterMs?: number;
}

/** Requests that refresh where we are to be found (RFC 3261 12.2, 3311, 3515, 6665); others carry no Contact. */
const TARGET_REFRESHES: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'REFER', 'SUBSCRIBE', 'NOTIFY']);

/** A NOTIFY that fails ends its subscription and not the call (RFC 5057 5.1, 5.2); a BYE ends the call anyway. */
const OTHER_USAGES: ReadonlySet<string> = new Set(['BYE', 'NOTIFY']);

/** One challenge per proxy and one of the server, and once more for stale nonces; more is a loop. */
const MAX_ATTEMPTS = 5;

/** What happens inside a dialog, whoever called: BYE, re-INVITE, UPDATE, OPTIONS, and 2xx until their ACK. */
export class DialogSession implements DialogUser {
  readonly dialog: Dialog;
  readonly signalling: Signalling;
  readonly owner: SessionOwner;
  /** Offers and answers. */
  readonly negotiation = new Negotiation();
  readonly timer: SessionTimer;
  /** Provisional responses of ours that want a PRACK; set by the called side. */
  reliable: ReliableProvisionals | undefined;
  readonly #options: DialogSessionOptions;
  readonly #changes = new SessionChanges(this);
  readonly #waiting = new Set<() => void>();
  #path: Path;
  #isClosed = false;
  #peerAllows: ReadonlySet<string> = new Set();
  #connection: number | undefined;
  #releaseConnection = () => {};
  #success:
    | {
        readonly sequence: number;
        readonly retransmission: SuccessRetransmission;
        acknowledged(sdp?: SessionDescription): void;
      }
    | undefined;

  constructor(options: DialogSessionOptions) {
    this.#options = options;
    this.dialog = options.dialog;
    this.signalling = options.signalling;
    this.owner = options.owner;
    this.#path = options.path;
    this.#follow(options.path.flow);
    this.timer = new SessionTimer(this.signalling.clock, {
      refresh: () => void this.#changes.refresh(),
      expired: () => this.owner.expired(),
    });
    options.signalling.dialogs.set(this.dialog.key, this);
  }

  /** Whether we made the Call-ID, and so wait longer after a glare. */
  get ownsCallId(): boolean {
    return this.dialog.snapshot().role === 'uac';
  }

  /** Whether a re-INVITE of ours is out. */
  get isInviting(): boolean {
    return this.#changes.isInviting;
  }

  get allowsUpdate(): boolean {
    return this.#peerAllows.has('UPDATE');
  }

  /** Notes which methods the peer takes (RFC 3261 20.5). */
  learnPeer(message: SipMessage): void {
    const methods = message.headers.list('Allow');
    if (methods.length > 0) this.#peerAllows = new Set(methods.map((method) => method.toUpperCase()));
  }

  /** Sends a 2xx to an INVITE and repeats it until `acknowledge`. Without `sdp` all is agreed already. */
  sendSuccess(
    invite: SipRequest,
    transaction: ServerTransaction,
    response: { toTag?: string; sdp?: string | undefined; headers?: ExtraHeaders },
    acknowledged: (sdp?: SessionDescription) => void,
  ): void {
    const { signalling, owner } = this;
    const bytes = responseBytes(invite, 200, {
      ...(response.toTag === undefined ? {} : { toTag: response.toTag }),
      recordRoute: true,
      headers: { ...this.targetHeaders(), Server: signalling.userAgent, ...response.headers },
      ...(response.sdp === undefined ? {} : { body: response.sdp }),
    });
    transaction.respond(200, bytes);
    this.#success?.retransmission.stop();
    this.#success = {
      sequence: invite.cseq.number,
      acknowledged,
      retransmission: new SuccessRetransmission(signalling, {
        send: () => transaction.respond(200, bytes),
        givenUp: () => {
          this.#success = undefined;
          owner.unacknowledged();
          this.#wake();
        },
      }),
    };
  }

  acknowledge(ack: SipRequest): void {
    if (this.#success?.sequence !== ack.cseq.number) return;
    const { retransmission, acknowledged } = this.#success;
    retransmission.stop();
    this.#success = undefined;
    acknowledged(readableSdp(ack));
    this.#wake();
  }

  /**
   * Answers an offer through the owner.
   * @throws ChangeRefused with 488; whatever the owner throws.
   */
  answerOffer(offer: SessionDescription): string {
    const { negotiation, owner } = this;
    negotiation.offerReceived(offer);
    let sdp: string | undefined;
    try {
      sdp = owner.offered(offer);
    } finally {
      if (sdp === undefined) negotiation.rejected();
    }
    if (sdp === undefined) throw new ChangeRefused(488, warning('nothing in this offer can be agreed on'));
    return negotiation.answer(sdp);
  }

  /** The ACK for a re-INVITE without description: it brings the answer to our offer, or takes it back. */
  settleOffer(answer: SessionDescription | undefined): void {
    if (!this.negotiation.hasOffered) return;
    if (answer === undefined) {
      this.negotiation.rejected();
      return;
    }
    this.negotiation.answerReceived(answer);
    this.owner.answerReceived(answer);
  }

  /** Starts the session timer for a 2xx of ours to this request, and gives the headers of that 2xx. */
  acceptInterval(request: SipRequest): ExtraHeaders {
    this.learnPeer(request);
    const interval = intervalForRequest(request);
    this.startTimer(interval);
    return intervalInResponse(interval);
  }

  startTimer(interval: SessionInterval | undefined): void {
    if (!this.#isClosed) this.timer.start(interval);
  }

  /** Sends an offer and waits for what comes of it; after a glare it is sent again (RFC 3261 14.1). */
  change(sdp: string): Promise<ChangeOutcome> {
    return this.#changes.change(sdp, this.owner.isEstablished() ? 'INVITE' : 'UPDATE');
  }

  /** Resolves once no exchange of either side is under way; false when the call is over by then. */
  async settled(): Promise<boolean> {
    while (!this.#isClosed && (this.awaitsAck || this.negotiation.hasOffered || this.negotiation.mustAnswer)) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    return !this.#isClosed;
  }

  /** Resolves after this time, or when the call is over. */
  async wait(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = this.signalling.clock.start(delayMs, resolve);
    if (this.#isClosed) resolve();
    this.#waiting.add(resolve);
    await promise;
    timer.cancel();
    this.#waiting.delete(resolve);
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  /** Whether a 2xx of ours waits for its ACK. */
  get awaitsAck(): boolean {
    return this.#success !== undefined;
  }

  receive(request: SipRequest, transaction: ServerTransaction, flow: Flow): void {
    const { capabilities } = this.signalling;
    const answer = (status: number, headers: Readonly<Record<string, string>>) =>
      respond(this.signalling, request, transaction, status, { headers });
    if (this.dialog.acceptRequest(request, flow) === 'out-of-order') {
      answer(500, warning('CSeq is lower than one already seen'));
      return;
    }
    this.#follow(flow);
    const handle = inDialogHandlers.get(request.method);
    // A BYE ends the call whatever it insists on.
    const missing = request.method === 'BYE' ? undefined : missingExtensions(request, capabilities);
    if (missing !== undefined) answer(420, { Unsupported: missing });
    else if (handle === undefined) answer(405, { Allow: capabilities.allow });
    else handle({ session: this, request, transaction });
  }

  /** Where and what we are, for messages that set or refresh the target. */
  targetHeaders(): ExtraHeaders {
    const { capabilities } = this.signalling;
    return {
      Contact: `<${contactUri(this.#path)}>`,
      Allow: capabilities.allow,
      Supported: capabilities.supported,
    };
  }

  /**
   * Sends a request in this dialog, answers a challenge when we have credentials, and acknowledges the 2xx of an INVITE.
   * A dialog the peer does not know any more (481), or that nobody answers in (408), is over: the owner is told
   * (RFC 3261 12.2.1.2).
   */
  async request(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    const { digest } = this.#options;
    let response = await this.#send(method, options);
    for (let attempt = 1; attempt < MAX_ATTEMPTS && isChallenge(response) && digest?.challenged(response); attempt++) {
      response = await this.#send(method, options);
    }
    if (response && response.status < 300) digest?.accepted(response);
    if (!OTHER_USAGES.has(method) && (response === undefined || response.status === 481 || response.status === 408)) {
      this.owner.lost(response?.status ?? 408);
    }
    const retryAfterMs = response === undefined ? undefined : retryAfter(response);
    return { response, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }

  /** Status of the answer, or undefined when there was none. */
  async sendBye(reason: string | undefined): Promise<number | undefined> {
    const { response } = await this.request('BYE', reason === undefined ? {} : { headers: { Reason: reason } });
    return response?.status;
  }

  /** Acknowledges a 2xx (RFC 3261 13.2.2.4). */
  sendAck(inviteSequence: number): void {
    const draft = this.dialog.createAck(inviteSequence);
    draft.headers.append('User-Agent', this.signalling.userAgent);
    for (const { name, value } of this.#options.digest?.ofLastInvite ?? []) draft.headers.append(name, value);
    this.signalling.layer.sendAck(draft, this.#path);
  }

  /** Frees everything; requests of this dialog get 481 from now on. */
  close(): void {
    this.#isClosed = true;
    this.timer.stop();
    this.reliable?.stop();
    this.#wake();
    this.#success?.retransmission.stop();
    this.#success = undefined;
    this.signalling.dialogs.delete(this.dialog.key);
    this.#releaseConnection();
  }

  /** Keeps the connection the peer is seen on from being closed as idle; what is sent after its loss takes a new one. */
  #follow(flow: Flow): void {
    if (flow.connection === this.#connection) return;
    this.#releaseConnection();
    this.#connection = flow.connection;
    this.#releaseConnection = this.signalling.transports.onFlowLost(flow, () => {});
  }

  async #send(method: string, { headers = {}, body }: InDialogRequestOptions): Promise<SipResponse | undefined> {
    const draft = this.dialog.createRequest(method);
    try {
      this.#path = await this.#currentPath(draft.uri, draft.headers.get('Route'));
    } catch {
      // No way to the peer is as good as no answer from it.
      return undefined;
    }
    if (TARGET_REFRESHES.has(method)) appendAll(draft.headers, this.targetHeaders());
    draft.headers.append('User-Agent', this.signalling.userAgent);
    appendAll(draft.headers, headers);
    const authorizations = this.#options.digest?.authorize({ method, uri: draft.uri }) ?? [];
    for (const { name, value } of authorizations) draft.headers.append(name, value);
    if (body) draft.headers.append('Content-Type', body.type);
    const request = body ? { ...draft, body: body.content } : draft;
    return new Promise((resolve) => {
      this.signalling.layer.sendRequest(request, this.#path, {
        response: (response) => {
          if (response.status < 200) return;
          if (method === 'INVITE' && response.status < 300) this.#acknowledgeChange(response);
          resolve(response);
        },
        timeout: () => resolve(undefined),
        transportError: () => resolve(undefined),
      });
    });
  }

  /** Every copy of the 2xx gets its ACK, which goes to the target the 2xx names. */
  #acknowledgeChange(response: SipResponse): void {
    this.dialog.refreshTarget(contactOf(response));
    this.sendAck(response.cseq.number);
  }

  /** The way the peer was last seen on; when that connection is closed, the way its address names. */
  async #currentPath(requestUri: string, route: string | undefined): Promise<Path> {
    const { transports } = this.signalling;
    const { flow } = this.dialog;
    if (transports.isOpen(flow)) return { flow, address: this.#path.address };
    const next: SipUri = route === undefined ? parseUri(requestUri) : parseNameAddr(route).uri;
    const transport = next.parameters.has('transport') ? undefined : flow.transport;
    const way = await transports.routesTo(next, { transport, tls: this.#options.tls });
    return way.next();
  }
}

function isChallenge(response: SipResponse | undefined): response is SipResponse {
  return response?.status === 401 || response?.status === 407;
}

function appendAll(headers: SipHeaders, more: ExtraHeaders): void {
  for (const [name, value] of Object.entries(more)) headers.append(name, value);
}

/** The session a request belongs to, if its dialog is here. */
export function sessionOf(signalling: Signalling, request: SipRequest): DialogUser | undefined {
  return signalling.dialogs.get(dialogKeyOfRequest(request));
}

/** The description in a message, if there is one that can be read. */
export function readableSdp(message: SipRequest | SipResponse): SessionDescription | undefined {
  const bytes = sessionDescriptionBytes(message);
  if (bytes === undefined) return undefined;
  try {
    return parseSdp(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
