import type { SipRequest } from '../message/message.ts';
import { responseBytes } from '../message/response.ts';
import { sessionDescriptionBytes } from '../message/session-body.ts';
import { randomText } from '../random-text.ts';
import { SdpParseError, type SessionDescription } from '../sdp/description.ts';
import { parseSdp } from '../sdp/parse.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { Flow } from '../transport/flow.ts';
import type { Refusal } from './endpoint-types.ts';
import { type RefusalCode, refusalCodes } from './refusal-codes.ts';
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

/** Carriers come back after half a minute; by then another process has taken over. */
const RETRY_AFTER_SECONDS = '30';

/** A wave of calls is over, or spread over other servers, within seconds. */
const OVERLOAD_RETRY_AFTER_SECONDS = '5';

export interface AdmissionOptions {
  readonly signalling: Signalling;
  isOverloaded(): boolean;
  refused(refusal: Refusal): void;
}

/** The checks of a request outside of dialogs apart from who sent it, in the order of RFC 3261 8.2. */
export class Admission {
  readonly #options: AdmissionOptions;
  isClosed = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  newTag(): string {
    return randomText(8);
  }

  /** Answers what can be judged without looking at credentials. True when the request is dealt with. */
  refusesAtOnce(arrival: Arrival, merged: boolean): boolean {
    const { request } = arrival;
    const { method } = request;
    if (merged) {
      this.refuse(arrival, 'merged_request', 'another copy of this request is being handled');
    } else if (method === 'BYE' || method === 'UPDATE' || method === 'PRACK') {
      this.refuse(arrival, 'no_dialog', `${method} for a call that is not here`);
    } else if (this.isClosed && (method === 'INVITE' || method === 'OPTIONS')) {
      this.refuse(arrival, 'shutting_down', 'no new calls, shutting down');
    } else if (request.maxForwards === 0 && method !== 'OPTIONS') {
      // At 0 hops we may still be asked what we can do (RFC 3261 11, 16.3).
      this.refuse(arrival, 'too_many_hops', 'Max-Forwards has reached 0');
    } else if (method === 'INVITE' && this.#options.isOverloaded()) {
      this.refuse(arrival, 'overloaded', 'no new calls for a moment: the server is overloaded');
    } else return false;
    return true;
  }

  /** 405 for a method nobody handles, and 420 for an extension we do not have. True when the request is dealt with. */
  refusesMethod(arrival: Arrival, isHandled: boolean): boolean {
    const { request } = arrival;
    const { capabilities } = this.#options.signalling;
    if (!isHandled) {
      const headers = { Allow: capabilities.allow };
      this.refuse(arrival, 'method_not_allowed', `${request.method} is not spoken here`, headers);
      return true;
    }
    const extensions = missingExtensions(request, capabilities);
    if (extensions === undefined) return false;
    const headers = { Unsupported: extensions };
    this.refuse(arrival, 'unsupported_extension', `extensions not spoken here: ${extensions}`, headers);
    return true;
  }

  /** Body and Accept of an INVITE. True when it is dealt with. */
  refusesBody(arrival: Arrival): boolean {
    const { request } = arrival;
    const fault = bodyFault(request);
    if (fault) {
      this.refuse(arrival, 'unsupported_body', fault.reason, fault.headers);
      return true;
    }
    const accepted = request.headers.list('Accept').map((type) => type.split(';', 1)[0]?.trim().toLowerCase());
    if (
      accepted.length === 0 ||
      accepted.some((type) => type === ACCEPTED_BODY || type === 'application/*' || type === '*/*')
    ) {
      return false;
    }
    this.refuse(arrival, 'not_acceptable', `the caller takes no ${ACCEPTED_BODY}`);
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
      this.refuse(arrival, 'malformed', `SDP: ${error.message}`);
      return 'refused';
    }
  }

  refuse(
    { request, transaction, source, localTag }: Arrival,
    code: RefusalCode,
    reason: string,
    headers: Readonly<Record<string, string>> = {},
    username?: string,
  ): void {
    respond(this.#options.signalling, request, transaction, refusalCodes[code].status, {
      toTag: localTag,
      headers: { ...retryAfter(code), ...headers, ...warning(reason) },
    });
    this.#tell(request, source, code, reason, username);
  }

  /** Answers without a transaction, since there is no room for another one (RFC 3261 8.2.7). */
  turnAway(request: SipRequest, responseFlow: Flow): void {
    const { transports, userAgent } = this.#options.signalling;
    const reason = 'more requests than can be remembered';
    const headers = { Server: userAgent, ...retryAfter('overloaded'), ...warning(reason) };
    const bytes = responseBytes(request, refusalCodes.overloaded.status, { toTag: this.newTag(), headers });
    transports.send(responseFlow, bytes, () => {});
    this.#tell(request, responseFlow, 'overloaded', reason);
  }

  #tell(request: SipRequest, source: Flow, code: RefusalCode, reason: string, username?: string): void {
    const { method, callId, from, uri } = request;
    this.#options.refused({
      atMs: this.#options.signalling.clock.nowMs(),
      source,
      method,
      callId,
      status: refusalCodes[code].status,
      code,
      reason,
      ...(username === undefined ? {} : { username }),
      ...(from.uri.user === undefined ? {} : { caller: from.uri.user }),
      ...(uri.user === undefined ? {} : { called: uri.user }),
    });
  }
}

/** RFC 3261 20.33, so that carriers come again. */
function retryAfter(code: RefusalCode): Readonly<Record<string, string>> {
  if (code === 'overloaded') return { 'Retry-After': OVERLOAD_RETRY_AFTER_SECONDS };
  return refusalCodes[code].status === 503 ? { 'Retry-After': RETRY_AFTER_SECONDS } : {};
}
