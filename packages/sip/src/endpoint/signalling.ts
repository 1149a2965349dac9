import type { Dialog } from '../dialog/dialog.ts';
import { isToken, plainText } from '../message/grammar.ts';
import { SipHeaders } from '../message/headers.ts';
import type { SipRequest } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { type ResponseOptions, responseBytes } from '../message/response.ts';
import { sessionBody } from '../message/session-body.ts';
import type { InDialogRequestOptions } from '../session/dialog-requests.ts';
import type { ServerTransaction } from '../transaction/server-transaction.ts';
import type { TransactionLayer } from '../transaction/transaction-layer.ts';
import type { TransactionTime } from '../transaction/transaction-timers.ts';
import type { Flow } from '../transport/flow.ts';
import type { Transports } from '../transport/transports.ts';
import type { ExtraHeaders, HangupOptions } from './call-ending.ts';
import type { Capabilities } from './capabilities.ts';
import type { IncomingCall } from './incoming-call-types.ts';

/** The one kind of body we read. */
export const ACCEPTED_BODY = 'application/sdp';

/** Who takes the requests of a dialog. */
export interface DialogUser {
  readonly dialog: Dialog;
  receive(request: SipRequest, transaction: ServerTransaction, flow: Flow): void;
  acknowledge(ack: SipRequest): void;
  /** Whether the call has been answered and is not over. */
  readonly isEstablished: boolean;
  /** Whether a caller of this account may take the place of the call (RFC 3891 3). */
  mayBeReplacedBy(account: string): boolean;
  /** Offers that place to another call. */
  replaceBy(call: ReplacingCall): void;
  /** The endpoint is gone: nothing may linger. */
  abandon(): void;
}

/** A call that wants the place of another one. */
export interface ReplacingCall extends IncomingCall {
  /** What is to be done once it is answered. */
  whenAnswered: (() => void) | undefined;
}

/** A call as the endpoint sees it when it closes. */
export interface EndableCall {
  hangup(options?: HangupOptions): Promise<void>;
  /** The endpoint is gone: over at once, without another message. */
  abandon(): void;
}

/** What the parts of an endpoint share. */
export interface Signalling extends TransactionTime {
  readonly userAgent: string;
  readonly capabilities: Capabilities;
  readonly layer: TransactionLayer;
  readonly transports: Transports;
  /** By dialog key. */
  readonly dialogs: Map<string, DialogUser>;
  /** Calls that are not over. */
  readonly calls: Set<EndableCall>;
}

/** Answers a request under our name. */
export function respond(
  signalling: { readonly userAgent: string },
  request: SipRequest,
  transaction: ServerTransaction,
  status: number,
  options: ResponseOptions = {},
): void {
  const { reason, toTag, headers = {}, recordRoute = false, body } = options;
  const server = signalling.userAgent;
  transaction.respond(status, responseBytes(request, status, { reason, toTag, headers, recordRoute, body, server }));
}

/** RFC 3261 20.43 with code 399: a sentence for the engineer who reads the trace on the other side. */
export function warning(text: string): Readonly<Record<string, string>> {
  return { Warning: `399 dialplane "${plainText(text)}"` };
}

/**
 * What a request outside of dialogs insists on and we cannot do (RFC 3261 8.2.2.3).
 * @throws SipParseError
 */
export function missingExtensions(request: SipRequest, capabilities: Capabilities): string | undefined {
  const extensions = request.headers.list('Require');
  if (!extensions.every(isToken)) throw new SipParseError('Require is malformed');
  const missing = extensions.filter((tag) => !capabilities.supports(tag));
  return missing.length === 0 ? undefined : missing.join(', ');
}

/** Why a body cannot be read, with the headers of the 415; undefined when it can (RFC 3261 8.2.3). */
export function bodyFault(
  request: SipRequest,
): { readonly reason: string; readonly headers: Readonly<Record<string, string>> } | undefined {
  const body = sessionBody(request);
  return body.kind === 'unreadable' ? body : undefined;
}

/**
 * Refuses headers before anything has changed because of them.
 * @throws TypeError when one of them cannot be put on the wire.
 */
export function checkWritable(headers: ExtraHeaders): void {
  const scratch = new SipHeaders();
  for (const [name, value] of Object.entries(headers)) scratch.append(name, value);
}

/** The same for a request in a dialog. @throws TypeError */
export function checkRequest(method: string, { headers = {}, body }: InDialogRequestOptions): void {
  if (!isToken(method)) throw new TypeError(`not a method: ${JSON.stringify(method)}`);
  checkWritable(body === undefined ? headers : { ...headers, 'Content-Type': body.type });
}

/** RFC 3326: SIP status and Q.850 cause side by side. */
export function reasonHeader(options: HangupOptions): string | undefined {
  const text = options.text === undefined ? '' : `;text="${plainText(options.text)}"`;
  const values: string[] = [];
  if (options.q850Cause !== undefined) values.push(`Q.850;cause=${options.q850Cause}${text}`);
  if (options.sipCause !== undefined) values.push(`SIP;cause=${options.sipCause}${text}`);
  return values.length === 0 ? undefined : values.join(', ');
}
