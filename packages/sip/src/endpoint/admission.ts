import { randomBytes } from 'node:crypto';
import type { DigestAlgorithm } from '../digest/algorithm.ts';
import { type AuthenticationOptions, DigestServer, hasCredentials } from '../digest/server.ts';
import type { SipRequest } from '../message/message.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';
import type { Refusal, RefusalCode } from './endpoint-types.ts';
import { ACCEPTED_BODY, bodyFault, missingExtensions, respond, type Signalling, warning } from './signalling.ts';

/** A request on its way in. */
export interface Arrival {
  readonly request: SipRequest;
  readonly transaction: ServerTransaction;
  readonly source: Flow;
  /** To tag of all our answers to it. */
  readonly localTag: string;
  readonly receivedAtMs: number;
}

/** Who a request is from, once that is known. */
export interface Sender {
  /** What `findCredential` named. */
  readonly owner: string;
  readonly username: string;
}

/** Carriers come back after half a minute; by then another process has taken over. */
const RETRY_AFTER_SECONDS = '30';

export interface AdmissionOptions {
  readonly signalling: Signalling;
  readonly authentication: AuthenticationOptions | undefined;
  refused(refusal: Refusal): void;
}

/** The checks before a request outside of dialogs means anything, in the order of RFC 3261 8.2 with authentication first. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #digest: DigestServer | undefined;
  isClosed = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#digest = options.authentication && new DigestServer(options.authentication);
  }

  newTag(): string {
    return randomBytes(8).toString('hex');
  }

  /** Answers what can be judged without looking at credentials. True when the request is dealt with. */
  refusesAtOnce(arrival: Arrival, merged: boolean): boolean {
    const { request } = arrival;
    const { method } = request;
    if (merged) {
      this.refuse(arrival, 482, 'merged_request', 'another copy of this request is being handled');
    } else if (method === 'BYE' || method === 'UPDATE' || method === 'PRACK') {
      this.refuse(arrival, 481, 'no_dialog', `${method} for a call that is not here`);
    } else if (this.isClosed && (method === 'INVITE' || method === 'OPTIONS')) {
      this.refuse(arrival, 503, 'shutting_down', 'no new calls, shutting down', { 'Retry-After': RETRY_AFTER_SECONDS });
    } else if (request.maxForwards === 0 && method !== 'OPTIONS') {
      // At 0 hops we may still be asked what we can do (RFC 3261 11, 16.3).
      this.refuse(arrival, 483, 'too_many_hops', 'Max-Forwards has reached 0');
    } else return false;
    return true;
  }

  /** Who sent it; undefined when it was answered with 401, 403 or another refusal. */
  async authenticate(arrival: Arrival): Promise<Sender | undefined> {
    const { signalling } = this.#options;
    const digest = this.#digest;
    const { request, transaction } = arrival;
    if (!digest) {
      this.refuse(arrival, 403, 'authentication_not_configured', 'nobody may call in here');
      return undefined;
    }
    if (!hasCredentials(request)) {
      this.#challenge(arrival, digest, { stale: false });
      return undefined;
    }
    if (request.method === 'INVITE') respond(signalling, request, transaction, 100);
    const verdict = await this.#judge(request, digest);
    // CANCEL may have ended it in the meantime.
    if (!transaction.isOpen) return undefined;
    if (verdict === undefined) {
      const headers = { 'Retry-After': RETRY_AFTER_SECONDS };
      this.refuse(arrival, 503, 'credentials_unavailable', 'credentials cannot be checked at the moment', headers);
    } else if (verdict.kind === 'accepted') return verdict;
    else if (verdict.kind === 'challenge') this.#challenge(arrival, digest, verdict);
    else if (verdict.kind === 'malformed') this.refuse(arrival, 400, 'malformed_credentials', verdict.reason);
    else this.refuse(arrival, 403, 'wrong_credentials', 'no such user or wrong password', {}, verdict.username);
    return undefined;
  }

  /** 405 for a method nobody handles, and 420 for an extension we do not have. True when the request is dealt with. */
  refusesMethod(arrival: Arrival, isHandled: boolean): boolean {
    const { request } = arrival;
    const { capabilities } = this.#options.signalling;
    if (!isHandled) {
      const headers = { Allow: capabilities.allow };
      this.refuse(arrival, 405, 'method_not_allowed', `${request.method} is not spoken here`, headers);
      return true;
    }
    const extensions = missingExtensions(request, capabilities);
    if (extensions === undefined) return false;
    const headers = { Unsupported: extensions };
    this.refuse(arrival, 420, 'unsupported_extension', `extensions not spoken here: ${extensions}`, headers);
    return true;
  }

  /** Body and Accept of an INVITE. True when it is dealt with. */
  refusesBody(arrival: Arrival): boolean {
    const { request } = arrival;
    const fault = bodyFault(request);
    if (fault) {
      this.refuse(arrival, 415, 'unsupported_body', fault.reason, fault.headers);
      return true;
    }
    const accepted = request.headers.list('Accept').map((type) => type.split(';', 1)[0]?.trim().toLowerCase());
    if (
      accepted.length === 0 ||
      accepted.some((type) => type === ACCEPTED_BODY || type === 'application/*' || type === '*/*')
    ) {
      return false;
    }
    this.refuse(arrival, 406, 'not_acceptable', `the caller takes no ${ACCEPTED_BODY}`);
    return true;
  }

  /** The offer of an INVITE; `refused` when its body is no session description. */
  readOffer(arrival: Arrival): { readonly offer: SessionDescription | undefined } | 'refused' {
    const description = sessionDescriptionBytes(arrival.request);
    if (description === undefined) return { offer: undefined };
    try {
      return { offer: parseSdp(description.toString('utf8')) };
    } catch (error) {
      if (!(error instanceof SdpParseError)) throw error;
      this.refuse(arrival, 400, 'malformed', `SDP: ${error.message}`);
      return 'refused';
    }
  }

  refuse(
    { request, transaction, source, localTag }: Arrival,
    status: number,
    code: RefusalCode,
    reason: string,
    headers: Readonly<Record<string, string>> = {},
    username?: string,
  ): void {
    const { signalling, refused } = this.#options;
    respond(signalling, request, transaction, status, { toTag: localTag, headers: { ...headers, ...warning(reason) } });
    const { method, callId } = request;
    refused({
      atMs: signalling.clock.nowMs(),
      source,
      method,
      callId,
      status,
      code,
      reason,
      ...(username === undefined ? {} : { username }),
      ...(request.from.uri.user === undefined ? {} : { caller: request.from.uri.user }),
      ...(request.uri.user === undefined ? {} : { called: request.uri.user }),
    });
  }

  #challenge(
    { request, transaction, source, localTag }: Arrival,
    digest: DigestServer,
    verdict: { readonly stale: boolean; readonly algorithms?: readonly DigestAlgorithm[] },
  ): void {
    const { signalling } = this.#options;
    respond(signalling, request, transaction, 401, {
      toTag: localTag,
      headers: { 'WWW-Authenticate': digest.challenges(request, source, signalling.clock.nowMs(), verdict) },
    });
  }

  async #judge(request: SipRequest, digest: DigestServer) {
    try {
      return await digest.authenticate(request, this.#options.signalling.clock.nowMs());
    } catch {
      // The store's own failure; the caller is told, and so is whoever lists refusals.
      return undefined;
    }
  }
}
