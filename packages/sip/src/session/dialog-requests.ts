import { contactOf, type Dialog } from '../dialog/dialog.ts';
import type { DigestClient } from '../digest/client.ts';
import type { ExtraHeaders } from '../endpoint/call-ending.ts';
import type { Signalling } from '../endpoint/signalling.ts';
import type { SipHeaders } from '../message/headers.ts';
import type { SipResponse } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { retryAfterMs } from '../message/retry-after.ts';
import type { RequestDraft } from '../message/serialiser.ts';
import { parseUri, type SipUri } from '../message/uri.ts';
import type { TlsClientOptions } from '../transport/dial.ts';
import { contactUri, type Flow, type Path } from '../transport/flow.ts';
import { LARGEST_UDP_REQUEST_BYTES, leastBytes } from '../transport/large-request.ts';

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

/** A peer that is there answers within 200 ms; one that takes connections and says nothing gets UDP. */
const UDP_AFTER_MS = 4_000;

/** One challenge per proxy and one of the server, and once more for stale nonces; more is a loop. */
const MAX_ATTEMPTS = 5;

export interface DialogRequestsOptions {
  readonly signalling: Signalling;
  readonly dialog: Dialog;
  readonly path: Path;
  /** For a connection to be made anew. */
  readonly tls?: TlsClientOptions | undefined;
  /** What answers challenges, with those of the INVITE. */
  readonly digest?: DigestClient;
}

/** Our requests in one dialog, and the way they take: the flow the peer was last seen on. */
export class DialogRequests {
  readonly #options: DialogRequestsOptions;
  readonly #lost: (status: number) => void;
  #path: Path;
  #connection: number | undefined;
  #releaseConnection = () => {};
  #isClosed = false;

  /** @param lost the peer does not know the dialog any more, or does not answer in it. */
  constructor(options: DialogRequestsOptions, lost: (status: number) => void) {
    this.#options = options;
    this.#lost = lost;
    this.#path = options.path;
    this.follow(options.path.flow);
  }

  /** `host:port` under which the peer can reach us. */
  get address(): string {
    return this.#path.address;
  }

  /** Where and what we are, for messages that set or refresh the target. */
  targetHeaders(): ExtraHeaders {
    const { capabilities } = this.#options.signalling;
    return {
      Contact: `<${contactUri(this.#path, this.#options.dialog.snapshot().isSecure)}>`,
      Allow: capabilities.allow,
      Supported: capabilities.supported,
    };
  }

  /**
   * Sends a request in this dialog, answers a challenge when we have credentials, and acknowledges the 2xx of an INVITE.
   * A dialog the peer does not know any more (481), or that nobody answers in (408), is over: the owner is told
   * (RFC 3261 12.2.1.2).
   */
  async send(method: string, options: InDialogRequestOptions = {}): Promise<InDialogAnswer> {
    const { digest } = this.#options;
    let response = await this.#sendOnce(method, options);
    for (let attempt = 1; attempt < MAX_ATTEMPTS && isChallenge(response) && digest?.challenged(response); attempt++) {
      response = await this.#sendOnce(method, options);
    }
    if (response && response.status < 300) digest?.accepted(response);
    if (!OTHER_USAGES.has(method) && (response === undefined || response.status === 481 || response.status === 408)) {
      this.#lost(response?.status ?? 408);
    }
    const waitMs = response && retryAfterMs(response);
    return { response, ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) };
  }

  /** Acknowledges a 2xx (RFC 3261 13.2.2.4). */
  acknowledge(inviteSequence: number): void {
    const draft = this.#options.dialog.createAck(inviteSequence);
    draft.headers.append('User-Agent', this.#options.signalling.userAgent);
    for (const { name, value } of this.#options.digest?.ofLastInvite ?? []) draft.headers.append(name, value);
    this.#options.signalling.layer.sendAck(draft, this.#path);
  }

  /** Keeps the connection the peer is seen on from being closed as idle; what is sent after its loss takes a new one. */
  follow(flow: Flow): void {
    // A request that was looked at for long may outlive its call.
    if (this.#isClosed || flow.connection === this.#connection) return;
    this.#releaseConnection();
    this.#connection = flow.connection;
    this.#releaseConnection = this.#options.signalling.transports.onFlowLost(flow, () => {});
  }

  async #sendOnce(method: string, options: InDialogRequestOptions): Promise<SipResponse | undefined> {
    try {
      const draft = this.#options.dialog.createRequest(method);
      this.#path = await this.#currentPath(draft.uri, draft.headers.get('Route'));
      const request = this.#complete(draft, options);
      const isTooLarge = this.#path.flow.transport === 'udp' && leastBytes(request) > LARGEST_UDP_REQUEST_BYTES;
      return await (isTooLarge ? this.#sendLarge(request) : this.#deliver(request, this.#path, {}));
    } catch {
      // No way to the peer, or nothing that can be written to it, is as good as no answer from it.
      return undefined;
    }
  }

  /** Over TCP first, and over UDP where that comes to nothing (RFC 3261 18.1.1); our Contact stays where it is. */
  async #sendLarge(request: RequestDraft): Promise<SipResponse | undefined> {
    const route = this.#options.signalling.transports.routeForSize(this.#path.flow);
    for (;;) {
      const path = await route.next();
      const isLast = !route.hasNext;
      const response = await this.#deliver(request, path, isLast ? {} : { giveUpMs: UDP_AFTER_MS });
      if (response !== undefined || isLast) return response;
      route.failed('timeout', 'no answer over TCP');
    }
  }

  #deliver(
    request: RequestDraft,
    path: Path,
    patience: { readonly giveUpMs?: number },
  ): Promise<SipResponse | undefined> {
    const { layer } = this.#options.signalling;
    const { promise, resolve, reject } = Promise.withResolvers<SipResponse | undefined>();
    const handlers = {
      response: (response: SipResponse) => {
        if (response.status < 200) return;
        try {
          if (request.method === 'INVITE' && response.status < 300) this.#acknowledgeChange(response);
          resolve(response);
        } catch (error) {
          reject(error);
        }
      },
      timeout: () => resolve(undefined),
      transportError: () => resolve(undefined),
    };
    layer.sendRequest(request, path, handlers, patience);
    return promise;
  }

  #complete(draft: RequestDraft, { headers = {}, body }: InDialogRequestOptions): RequestDraft {
    const { method, uri } = draft;
    if (TARGET_REFRESHES.has(method)) appendAll(draft.headers, this.targetHeaders());
    draft.headers.append('User-Agent', this.#options.signalling.userAgent);
    appendAll(draft.headers, headers);
    const authorizations = this.#options.digest?.authorize({ method, uri }) ?? [];
    for (const { name, value } of authorizations) draft.headers.append(name, value);
    if (!body) return draft;
    draft.headers.append('Content-Type', body.type);
    return { ...draft, body: body.content };
  }

  /** Every copy of the 2xx gets its ACK, which goes to the target the 2xx names. */
  #acknowledgeChange(response: SipResponse): void {
    this.#options.dialog.refreshTarget(contactOf(response));
    this.acknowledge(response.cseq.number);
  }

  /** The way the peer was last seen on; when that connection is closed, the way its address names. */
  async #currentPath(requestUri: string, route: string | undefined): Promise<Path> {
    const { transports } = this.#options.signalling;
    const { flow } = this.#options.dialog;
    if (transports.isOpen(flow)) return { flow, address: this.#path.address };
    const next: SipUri = route === undefined ? parseUri(requestUri) : parseNameAddr(route).uri;
    const transport = next.parameters.has('transport') ? undefined : flow.transport;
    const way = await transports.routesTo(next, { transport, tls: this.#options.tls });
    return way.next();
  }

  close(): void {
    this.#isClosed = true;
    this.#releaseConnection();
  }
}

function isChallenge(response: SipResponse | undefined): response is SipResponse {
  return response?.status === 401 || response?.status === 407;
}

function appendAll(headers: SipHeaders, more: ExtraHeaders): void {
  for (const [name, value] of Object.entries(more)) headers.append(name, value);
}
