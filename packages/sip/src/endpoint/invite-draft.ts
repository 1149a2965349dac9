import { randomBytes } from 'node:crypto';
import type { AuthorizationHeader } from '../digest/client.ts';
import { quote } from '../message/grammar.ts';
import { SipHeaders } from '../message/headers.ts';
import type { RequestDraft } from '../message/serialiser.ts';
import { parseUri, type SipUri, writeHostPort } from '../message/uri.ts';
import type { Reliability } from '../session/reliable-provisionals.ts';
import { SESSION_SECONDS } from '../session/session-interval.ts';
import { contactUri, type Path } from '../transport/flow.ts';
import type { Capabilities } from './capabilities.ts';
import type { OutgoingCallOptions } from './outgoing-call-types.ts';

/** What stays the same through all INVITEs of one call attempt (RFC 3261 8.1.1, 22.2). */
export interface CallIdentity {
  readonly callId: string;
  readonly fromTag: string;
  readonly target: SipUri;
  /** Where the INVITE is sent: the outbound proxy, else the target. */
  readonly nextHop: SipUri;
}

/** @throws SipParseError or TypeError when the target is no SIP URI. */
export function newCallIdentity(options: OutgoingCallOptions): CallIdentity {
  const target = parseUri(options.target);
  if (target.scheme !== 'sip' && target.scheme !== 'sips') throw new TypeError(`cannot dial ${target.scheme} URIs`);
  if (target.headers !== undefined) throw new TypeError('the target must not carry headers');
  if (target.scheme === 'sips' && options.transport !== undefined && options.transport !== 'tls') {
    throw new TypeError(`sips: URIs are called over TLS only, not over ${options.transport}`);
  }
  parseUri(options.from);
  const nextHop = options.outboundProxy === undefined ? target : parseUri(options.outboundProxy);
  return {
    callId: options.callId ?? randomBytes(16).toString('hex'),
    fromTag: randomBytes(8).toString('hex'),
    target,
    nextHop,
  };
}

/** One INVITE; `authorizations` answer the challenges met so far. */
export function inviteDraft(
  options: OutgoingCallOptions,
  identity: CallIdentity,
  attempt: {
    readonly path: Path;
    readonly sequence: number;
    readonly userAgent: string;
    readonly capabilities: Capabilities;
    readonly authorizations: readonly AuthorizationHeader[];
    /** What a 422 asked for. */
    readonly leastSessionSeconds: number | undefined;
  },
): RequestDraft {
  const { target, fromTag, callId } = identity;
  const name = options.displayName === undefined ? '' : `${quote(options.displayName)} `;
  const headers = new SipHeaders()
    .append('Max-Forwards', '70')
    .append('From', `${name}<${options.from}>;tag=${fromTag}`)
    .append('To', `<${addressOfRecord(target)}>`)
    .append('Call-ID', callId)
    .append('CSeq', `${attempt.sequence} INVITE`)
    .append('Contact', `<${contactUri(attempt.path, target.scheme === 'sips')}>`)
    .append('Allow', attempt.capabilities.allow)
    .append('User-Agent', attempt.userAgent);
  appendExtensions(headers, options.reliability ?? 'allow', attempt);
  if (identity.nextHop !== target) headers.append('Route', `<${identity.nextHop.text}>`);
  for (const { name: field, value } of attempt.authorizations) headers.append(field, value);
  for (const [field, value] of Object.entries(options.headers ?? {})) headers.append(field, value);
  headers.append('Content-Type', 'application/sdp');
  return { method: 'INVITE', uri: target.text, headers, body: options.sdp };
}

/** Supported, Require and the session timer (RFC 3262 4, RFC 4028 7.1). */
function appendExtensions(
  headers: SipHeaders,
  reliability: Reliability,
  attempt: { readonly capabilities: Capabilities; readonly leastSessionSeconds: number | undefined },
): void {
  const { supported } = attempt.capabilities;
  const offered =
    reliability === 'allow'
      ? supported
      : supported
          .split(', ')
          .filter((tag) => tag !== '100rel')
          .join(', ');
  if (offered !== '') headers.append('Supported', offered);
  if (reliability === 'require') headers.append('Require', '100rel');
  const least = attempt.leastSessionSeconds;
  headers.append('Session-Expires', String(Math.max(SESSION_SECONDS, least ?? 0)));
  if (least !== undefined) headers.append('Min-SE', String(least));
}

/** The target without what only says how to get there. */
function addressOfRecord(target: SipUri): string {
  const at = target.text.indexOf('@');
  return `${at < 0 ? `${target.scheme}:` : target.text.slice(0, at + 1)}${writeHostPort(target.host, target.port)}`;
}
