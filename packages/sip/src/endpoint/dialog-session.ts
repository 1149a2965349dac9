import { type Dialog, dialogKeyOfRequest } from '../dialog/dialog.ts';
import { SuccessRetransmission } from '../dialog/success-retransmission.ts';
import { answerChallenge, type ClientCredentials } from '../digest/client.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { responseBytes } from '../message/response.ts';
import { parseUri, type SipUri } from '../message/uri.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import { contactUri, type Flow, type Path } from '../transport/flow.ts';
import {
  ACCEPTED_BODY,
  ALLOWED_METHODS,
  bodyFault,
  type DialogUser,
  requiredExtensions,
  respond,
  type Signalling,
  warning,
} from './signalling.ts';

/** The call a session belongs to. */
export interface SessionOwner {
  /** Whether INVITE and its ACK are through, so that the session can be changed. */
  isEstablished(): boolean;
  /** Our answer, or undefined for 488. May throw. */
  offered(offer: SessionDescription): string | undefined;
  /** BYE came; it is answered already. */
  bye(reason: string | undefined): void;
  /** A 2xx of ours was never acknowledged. */
  unacknowledged(): void;
  /** A handler threw. */
  fault(error: unknown): void;
}

export interface DialogSessionOptions {
  readonly signalling: Signalling;
  readonly dialog: Dialog;
  readonly path: Path;
  readonly owner: SessionOwner;
  readonly credentials?: ClientCredentials;
}

/** RFC 3261 14.2: come back after a short random while. */
const RETRY_AFTER_MAX_SECONDS = 10;

/** Why a re-INVITE or UPDATE is not followed; the session stays as it was. */
class ChangeRefused extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, headers: Readonly<Record<string, string>>) {
    super(`refused with ${status}`);
    this.status = status;
    this.headers = headers;
  }
}

function retryLater(): Readonly<Record<string, string>> {
  const seconds = Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS + 1));
  return { 'Retry-After': String(seconds), ...warning('an earlier INVITE is not finished') };
}

/** What happens inside a dialog, whoever called: BYE, re-INVITE, UPDATE, OPTIONS, and 2xx until their ACK. */
export class DialogSession implements DialogUser {
  readonly dialog: Dialog;
  /** Our current description; offered when the peer asks for an offer. */
  localSdp = '';
  readonly #options: DialogSessionOptions;
  #path: Path;
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
    this.#path = options.path;
    options.signalling.dialogs.set(this.dialog.key, this);
  }

  /** Sends a 2xx to an INVITE and repeats it until `acknowledge`. */
  sendSuccess(
    invite: SipRequest,
    transaction: ServerTransaction,
    response: { toTag?: string; sdp: string; headers?: Readonly<Record<string, string>> },
    acknowledged: (sdp?: SessionDescription) => void,
  ): void {
    const { signalling, owner } = this.#options;
    this.localSdp = response.sdp;
    const bytes = responseBytes(invite, 200, {
      ...(response.toTag === undefined ? {} : { toTag: response.toTag }),
      recordRoute: true,
      headers: { ...this.#sessionHeaders(), ...response.headers },
      body: response.sdp,
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
  }

  receive(request: SipRequest, transaction: ServerTransaction, flow: Flow): void {
    const { signalling, owner } = this.#options;
    const answer = (status: number, headers: Readonly<Record<string, string>> = {}) =>
      respond(signalling, request, transaction, status, { headers });
    const extensions = requiredExtensions(request);
    if (this.dialog.acceptRequest(request, flow) === 'out-of-order') {
      answer(500, warning('CSeq is lower than one already seen'));
    } else if (request.method === 'BYE') {
      answer(200);
      owner.bye(request.headers.get('Reason'));
    } else if (extensions !== undefined) {
      answer(420, { Unsupported: extensions });
    } else if (request.method === 'INVITE' || request.method === 'UPDATE') {
      this.#change(request, transaction);
    } else if (request.method === 'OPTIONS') {
      answer(200, { Allow: ALLOWED_METHODS, Accept: ACCEPTED_BODY, Supported: '' });
    } else {
      answer(405, { Allow: ALLOWED_METHODS });
    }
  }

  /** Where and what we are, for responses that set or refresh the target. */
  #sessionHeaders(): Readonly<Record<string, string>> {
    const { userAgent } = this.#options.signalling;
    return { Contact: `<${contactUri(this.#path)}>`, Allow: ALLOWED_METHODS, Supported: '', Server: userAgent };
  }

  /** re-INVITE and UPDATE (RFC 3261 14.2, RFC 3311 5.2). */
  #change(request: SipRequest, transaction: ServerTransaction): void {
    const { signalling, owner } = this.#options;
    const fault = bodyFault(request);
    let sdp: string | undefined;
    try {
      if (!owner.isEstablished() || this.#success) throw new ChangeRefused(500, retryLater());
      if (fault) throw new ChangeRefused(415, { ...fault.headers, ...warning(fault.reason) });
      if (request.body.length > 0) sdp = this.#answerTo(request.body.toString('utf8'));
    } catch (error) {
      const { status, headers } = error instanceof ChangeRefused ? error : new ChangeRefused(500, {});
      respond(signalling, request, transaction, status, { headers });
      if (!(error instanceof ChangeRefused)) owner.fault(error);
      return;
    }
    this.dialog.refreshTarget(request);
    if (request.method === 'INVITE') {
      this.sendSuccess(request, transaction, { sdp: sdp ?? this.localSdp }, () => {});
      return;
    }
    this.localSdp = sdp ?? this.localSdp;
    const body = sdp === undefined ? {} : { body: sdp };
    respond(signalling, request, transaction, 200, { headers: this.#sessionHeaders(), ...body });
  }

  #answerTo(offer: string): string {
    let description: SessionDescription;
    try {
      description = parseSdp(offer);
    } catch (error) {
      if (!(error instanceof SdpParseError)) throw error;
      throw new ChangeRefused(400, warning(`SDP: ${error.message}`));
    }
    const sdp = this.#options.owner.offered(description);
    if (sdp === undefined) throw new ChangeRefused(488, warning('nothing in this offer can be agreed on'));
    return sdp;
  }

  /** Status of the answer, or undefined when there was none. A challenge is answered when we have credentials. */
  async sendBye(reason: string | undefined): Promise<number | undefined> {
    const first = await this.#request('BYE', reason);
    const { credentials } = this.#options;
    if (!first.response || !credentials || (first.response.status !== 401 && first.response.status !== 407)) {
      return first.response?.status;
    }
    const authorization = answerChallenge(first.response, { method: 'BYE', uri: first.uri }, credentials);
    if (!authorization) return first.response.status;
    return (await this.#request('BYE', reason, authorization)).response?.status;
  }

  /** Acknowledges a 2xx (RFC 3261 13.2.2.4). */
  sendAck(inviteSequence: number): void {
    const draft = this.dialog.createAck(inviteSequence);
    draft.headers.append('User-Agent', this.#options.signalling.userAgent);
    this.#options.signalling.layer.sendAck(draft, this.#path);
  }

  /** Frees everything; requests of this dialog get 481 from now on. */
  close(): void {
    this.#success?.retransmission.stop();
    this.#success = undefined;
    this.#options.signalling.dialogs.delete(this.dialog.key);
  }

  async #request(
    method: string,
    reason: string | undefined,
    authorization?: { readonly name: string; readonly value: string },
  ): Promise<{ readonly uri: string; readonly response: SipResponse | undefined }> {
    const { signalling } = this.#options;
    const draft = this.dialog.createRequest(method);
    draft.headers.append('User-Agent', signalling.userAgent);
    if (reason !== undefined) draft.headers.append('Reason', reason);
    if (authorization) draft.headers.append(authorization.name, authorization.value);
    try {
      this.#path = await this.#currentPath(draft.uri, draft.headers.get('Route'));
    } catch {
      // No way to the peer is as good as no answer from it.
      return { uri: draft.uri, response: undefined };
    }
    return new Promise((resolve) => {
      signalling.layer.sendRequest(draft, this.#path, {
        response: (response) => {
          if (response.status >= 200) resolve({ uri: draft.uri, response });
        },
        timeout: () => resolve({ uri: draft.uri, response: undefined }),
        transportError: () => resolve({ uri: draft.uri, response: undefined }),
      });
    });
  }

  /** The way the peer was last seen on; when that connection is closed, the way its address names. */
  async #currentPath(requestUri: string, route: string | undefined): Promise<Path> {
    const { transports } = this.#options.signalling;
    const { flow } = this.dialog;
    if (transports.isOpen(flow)) return { flow, address: this.#path.address };
    const next: SipUri = route === undefined ? parseUri(requestUri) : parseNameAddr(route).uri;
    return transports.pathFor(await transports.reach('tcp', next.host, next.port));
  }
}

/** The session a request belongs to, if its dialog is here. */
export function sessionOf(signalling: Signalling, request: SipRequest): DialogUser | undefined {
  return signalling.dialogs.get(dialogKeyOfRequest(request));
}

/** The description in a message, if there is one that can be read. */
export function readableSdp(message: SipRequest | SipResponse): SessionDescription | undefined {
  if (message.body.length === 0) return undefined;
  try {
    return parseSdp(message.body.toString('utf8'));
  } catch (error) {
    if (error instanceof SdpParseError) return undefined;
    throw error;
  }
}
