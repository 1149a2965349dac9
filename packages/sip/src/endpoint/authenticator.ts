import type { DigestAlgorithm } from '../digest/algorithm.ts';
import { type AuthenticationOptions, DigestServer, hasCredentials } from '../digest/server.ts';
import type { EndpointGuard } from '../guard/endpoint-guard.ts';
import type { SenderStyle, SourcePolicy, SourceVerdict } from '../guard/source-policy.ts';
import type { SipRequest } from '../message/message.ts';
import type { Arrival } from './admission.ts';
import type { RefusalCode } from './refusal-codes.ts';
import { respond, type Signalling, warning } from './signalling.ts';

/** Who a request is from, once that is known. */
export interface Sender {
  /** What `findCredential` or the source policy named. */
  readonly owner: string;
  readonly style: SenderStyle;
  /** With `digest`. */
  readonly username?: string;
}

export interface AuthenticatorOptions {
  readonly signalling: Signalling;
  readonly authentication: AuthenticationOptions | undefined;
  readonly sourcePolicy: SourcePolicy | undefined;
  readonly guard: EndpointGuard;
  refuse(arrival: Arrival, code: RefusalCode, reason: string, username?: string): void;
}

/** What the source policy says; `unavailable` when it fails. */
type Identified = SourceVerdict | 'unavailable' | undefined;

/** A store answers within milliseconds; a carrier that hears 100 and then nothing goes elsewhere after four seconds or more. */
const STORE_PATIENCE_MS = 3_000;

/** Finds out who a request is from: by the source policy where it brings no credentials, else by digest (RFC 3261 22). */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #digest: DigestServer | undefined;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#digest = options.authentication && new DigestServer(options.authentication);
  }

  /** Undefined when the request was answered with 401, 403 or another refusal, or was cancelled in the meantime. */
  async authenticate(arrival: Arrival): Promise<Sender | undefined> {
    const { request, transaction } = arrival;
    if (hasCredentials(request)) return this.#byDigest(arrival);
    const identified = this.#identify(arrival);
    const verdict = identified instanceof Promise ? await identified : identified;
    if (!transaction.isOpen) return undefined;
    if (verdict === 'unavailable') return this.#unavailable(arrival);
    if (verdict?.kind === 'known') return verdict;
    if (!this.#digest) {
      this.#options.refuse(arrival, 'authentication_not_configured', 'nobody may call in here');
      return undefined;
    }
    this.#challenge(arrival, this.#digest, { stale: false }, verdict?.reason);
    if (verdict) this.#options.guard.challengedListed(request, arrival.source);
    else this.#options.guard.challenged(request, arrival.source);
    return undefined;
  }

  /** Whether a request within a dialog that comes from another host than the dialog's is to be believed. */
  async authenticateInDialog(arrival: Arrival): Promise<boolean> {
    if (this.#options.sourcePolicy?.isListed(arrival.source.remoteAddress)) return true;
    if (!this.#digest) return true;
    return (await this.authenticate(arrival)) !== undefined;
  }

  /** At once where the policy answers from memory. */
  #identify(arrival: Arrival): Identified | Promise<Identified> {
    const { request, source } = arrival;
    try {
      const verdict = this.#options.sourcePolicy?.identify(request, source);
      if (!(verdict instanceof Promise)) return verdict;
      this.#trying(arrival);
      return this.#inTime(verdict).catch(() => 'unavailable');
    } catch {
      return 'unavailable';
    }
  }

  async #byDigest(arrival: Arrival): Promise<Sender | undefined> {
    const { guard, refuse } = this.#options;
    const { request, source, transaction } = arrival;
    const digest = this.#digest;
    if (!digest) {
      refuse(arrival, 'authentication_not_configured', 'nobody may call in here');
      return undefined;
    }
    guard.answered(request, source);
    this.#trying(arrival);
    const verdict = await this.#judge(request, digest);
    // CANCEL may have ended it in the meantime.
    if (!transaction.isOpen) return undefined;
    if (verdict === undefined) return this.#unavailable(arrival);
    if (verdict.kind === 'accepted') {
      const { owner, username } = verdict;
      const reason = this.#options.sourcePolicy?.whyNotByPassword?.(owner, source);
      if (reason !== undefined) {
        // No guess, and nobody to be trusted either.
        refuse(arrival, 'source_not_allowed', reason, username);
        return undefined;
      }
      guard.accepted(source);
      return { owner, username, style: 'digest' };
    }
    if (verdict.kind === 'challenge') {
      this.#challenge(arrival, digest, verdict);
      // With a right password the client only needs a fresh nonce; without one it has answered another realm's challenge.
      if (!verdict.stale && !verdict.algorithms) guard.challenged(request, source);
    } else if (verdict.kind === 'malformed') {
      refuse(arrival, 'malformed_credentials', verdict.reason);
      guard.failed(request, source);
    } else {
      refuse(arrival, 'wrong_credentials', 'no such user or wrong password', verdict.username);
      guard.failed(request, source);
    }
    return undefined;
  }

  /** The caller hears that we are at work while the store is asked (RFC 3261 8.2.6.1). */
  #trying({ request, transaction }: Arrival): void {
    if (request.method === 'INVITE') respond(this.#options.signalling, request, transaction, 100);
  }

  #unavailable(arrival: Arrival): undefined {
    this.#options.refuse(arrival, 'credentials_unavailable', 'credentials cannot be checked at the moment');
    return undefined;
  }

  #challenge(
    { request, transaction, source, localTag }: Arrival,
    digest: DigestServer,
    verdict: { readonly stale: boolean; readonly algorithms?: readonly DigestAlgorithm[] },
    reason?: string,
  ): void {
    const { signalling } = this.#options;
    respond(signalling, request, transaction, 401, {
      toTag: localTag,
      headers: {
        'WWW-Authenticate': digest.challenges(request, source, signalling.clock.nowMs(), verdict),
        ...(reason === undefined ? {} : warning(reason)),
      },
    });
  }

  async #judge(request: SipRequest, digest: DigestServer) {
    try {
      return await this.#inTime(digest.authenticate(request, this.#options.signalling.clock.nowMs()));
    } catch {
      // The store's own failure, or its silence; the caller is told, and so is whoever lists refusals.
      return undefined;
    }
  }

  /** Rejects when the answer takes too long: the caller gets its final answer in any case. */
  #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error('the store does not answer'));
      const timer = this.#options.signalling.clock.start(STORE_PATIENCE_MS, late);
      answer.then(
        (value) => {
          timer.cancel();
          resolve(value);
        },
        (error: unknown) => {
          timer.cancel();
          reject(error);
        },
      );
    });
  }
}
