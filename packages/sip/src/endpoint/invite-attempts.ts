import { DigestClient } from '../digest/client.ts';
import type { SipResponse } from '../message/message.ts';
import type { Route, RouteFailure } from '../resolve/route.ts';
import { leastSecondsOf } from '../session/session-interval.ts';
import type { ClientTransactionHandlers } from '../transaction/client-transaction.ts';
import type { SentRequest } from '../transaction/transaction-layer.ts';
import type { Path } from '../transport/flow.ts';
import { leastBytes } from '../transport/large-request.ts';
import { type CallIdentity, inviteDraft } from './invite-draft.ts';
import type { OutgoingCallOptions } from './outgoing-call-types.ts';
import type { Signalling } from './signalling.ts';

/** The answer to a challenge that is likely to come, with SHA-256 and a long nonce. */
const ROOM_FOR_AUTHORIZATION_BYTES = 320;

/** A server that is there answers within 200 ms (RFC 3261 17.2.1); four lost INVITEs in a row mean another place. */
const NEXT_PLACE_AFTER_MS = 4_000;

/** One challenge per proxy and one of the server, and once more for stale nonces; more is a loop. */
const MAX_ATTEMPTS = 5;

/** The INVITEs of one call: where they go, and what makes another one worth sending. */
export class InviteAttempts {
  readonly digest: DigestClient | undefined;
  readonly #signalling: Signalling;
  readonly #options: OutgoingCallOptions;
  readonly #identity: CallIdentity;
  #sequence = 0;
  #isRerouted = false;
  #route: Route | undefined;
  #path: Path | undefined;
  #sent: SentRequest | undefined;
  #leastSessionSeconds: number | undefined;

  /** @throws SipParseError or TypeError when a header cannot be written. */
  constructor(signalling: Signalling, options: OutgoingCallOptions, identity: CallIdentity) {
    this.#signalling = signalling;
    this.#options = options;
    this.#identity = identity;
    this.digest = options.credentials && new DigestClient(options.credentials);
    this.#inviteBytes();
  }

  /** The way the last INVITE took. */
  get path(): Path | undefined {
    return this.#path;
  }

  /** What a 422 asked for. */
  get leastSessionSeconds(): number | undefined {
    return this.#leastSessionSeconds;
  }

  /** Finds the next way. Rejects when there is none. */
  async findPath(): Promise<void> {
    const { transports } = this.#signalling;
    const { tls, handlers, along } = this.#options;
    const { nextHop, target } = this.#identity;
    // RFC 3261 26.2.2: also to a proxy whose own URI does not ask for it.
    const transport = target.scheme === 'sips' && nextHop.scheme !== 'sips' ? 'tls' : this.#options.transport;
    if (along) {
      if (target.scheme === 'sips' && along.transport !== 'tls') throw new Error('it did not register over TLS');
      if (!transports.isOpen(along)) throw new Error('the connection it registered over is closed');
      this.#path = await transports.pathFor(along);
    } else {
      this.#route ??= await transports.routesTo(nextHop, {
        transport,
        tls,
        sizeBytes: this.#inviteBytes(),
        onAttempt: (attempt) => handlers.attempt?.(attempt),
      });
      this.#path = await this.#route.next();
    }
  }

  /** Notes that the place failed. Whether there is another one. */
  failed(failure: RouteFailure, reason: string, retryAfterMs?: number): boolean {
    this.#route?.failed(failure, reason, retryAfterMs);
    return this.#route?.hasNext ?? false;
  }

  /** To another place goes the same request, so that whom both lead to sees that it is one call. */
  reroute(): void {
    this.#isRerouted = true;
  }

  succeeded(): void {
    this.#route?.succeeded();
  }

  send(handlers: ClientTransactionHandlers): void {
    if (!this.#path) return;
    if (!this.#isRerouted) this.#sequence++;
    this.#isRerouted = false;
    const patience = this.#route?.hasNext ? { giveUpMs: NEXT_PLACE_AFTER_MS } : {};
    this.#sent = this.#signalling.layer.sendRequest(this.#draft(this.#path), this.#path, handlers, patience);
  }

  cancel(reason: string | undefined): void {
    const ignored = { response() {}, timeout() {}, transportError() {} };
    if (this.#sent) this.#signalling.layer.sendCancel(this.#sent, reason, ignored);
  }

  /** No final answer will come. */
  forget(): void {
    if (this.#sent) this.#signalling.layer.forget(this.#sent);
  }

  /**
   * Whether the next INVITE may fare better: with an answer to the challenge, or with the session interval somebody on the
   * way insists on (RFC 4028 7.3).
   */
  improves(response: SipResponse): boolean {
    if (this.#sequence >= MAX_ATTEMPTS) return false;
    if (response.status === 401 || response.status === 407) return this.digest?.challenged(response) ?? false;
    if (response.status !== 422) return false;
    const seconds = leastSecondsOf(response);
    if (seconds <= (this.#leastSessionSeconds ?? 0)) return false;
    this.#leastSessionSeconds = seconds;
    return true;
  }

  /** At least: over UDP, it loses what it can do without. */
  #inviteBytes(): number {
    const path = { flow: { transport: 'udp', remoteAddress: '', remotePort: 0 }, address: '' } as const;
    const authorization = this.#options.credentials === undefined ? 0 : ROOM_FOR_AUTHORIZATION_BYTES;
    return leastBytes(this.#draft(path)) + authorization;
  }

  #draft(path: Path) {
    const { userAgent, capabilities } = this.#signalling;
    const authorizations = this.digest?.authorize({ method: 'INVITE', uri: this.#identity.target.text }) ?? [];
    const leastSessionSeconds = this.#leastSessionSeconds;
    const attempt = {
      path,
      sequence: this.#sequence,
      userAgent,
      capabilities,
      authorizations,
      leastSessionSeconds,
    };
    return inviteDraft(this.#options, this.#identity, attempt);
  }
}
