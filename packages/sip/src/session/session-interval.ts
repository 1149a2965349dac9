import type { SipHeaders } from '../message/headers.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { hasOptionTag } from '../message/option-tags.ts';

/** RFC 4028 4.2: half an hour keeps the load low and still finds dead calls. */
export const SESSION_SECONDS = 1800;

/** RFC 4028 5: the least anybody may ask for, and what we accept. */
export const LEAST_SESSION_SECONDS = 90;

/** What a message says about the session timer. */
interface TimerHeaders {
  readonly expiresSeconds: number | undefined;
  readonly refresher: 'uac' | 'uas' | undefined;
  readonly minSeconds: number;
  readonly isSupported: boolean;
}

/** How long the session lasts without a refresh, and whose it is to refresh it. */
export interface SessionInterval {
  readonly expiresSeconds: number;
  /** Whether we do it. */
  readonly weRefresh: boolean;
}

function readTimer(message: SipMessage): TimerHeaders {
  const [expires = '', ...parameters] = (message.headers.get('Session-Expires') ?? '').split(';');
  const stated = parameters.map((one) => one.replaceAll(' ', '').toLowerCase());
  const minSeconds = secondsOf(message.headers.get('Min-SE')?.split(';', 1)[0]);
  return {
    expiresSeconds: secondsOf(expires),
    refresher: stated.includes('refresher=uac') ? 'uac' : stated.includes('refresher=uas') ? 'uas' : undefined,
    minSeconds: Math.max(minSeconds ?? 0, LEAST_SESSION_SECONDS),
    isSupported: hasOptionTag(message, 'Supported', 'timer'),
  };
}

/** Undefined for what is no number: a timer that cannot be read is none. */
function secondsOf(text: string | undefined): number | undefined {
  const digits = text?.trim() ?? '';
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/**
 * Whether a request asks for less than we accept; its 422 names our minimum (RFC 4028 9). A sender without timers of its
 * own could make nothing of a 422: some proxy asked, and the interval is taken as it is.
 */
export function isIntervalTooSmall(request: SipRequest): boolean {
  if (request.headers.get('Session-Expires') === undefined) return false;
  const { expiresSeconds, isSupported } = readTimer(request);
  return expiresSeconds !== undefined && expiresSeconds < LEAST_SESSION_SECONDS && isSupported;
}

/**
 * What we answer to a request that may start a timer (RFC 4028 9): the interval asked for, else ours. We refresh unless the
 * sender wants to, since a peer that forgets would lose the call.
 */
export function intervalForRequest(request: SipRequest): SessionInterval {
  const { expiresSeconds, refresher, minSeconds, isSupported } = readTimer(request);
  return {
    expiresSeconds: Math.max(expiresSeconds ?? SESSION_SECONDS, minSeconds),
    weRefresh: !(isSupported && refresher === 'uac'),
  };
}

/** The interval a 2xx to a request of ours grants (RFC 4028 7.2); undefined when it lasts for ever. */
export function intervalOfResponse(response: SipResponse): SessionInterval | undefined {
  const { expiresSeconds, refresher } = readTimer(response);
  if (expiresSeconds === undefined || expiresSeconds === 0) return undefined;
  return { expiresSeconds, weRefresh: refresher !== 'uas' };
}

/** The interval that a 422 asks for. */
export function leastSecondsOf(response: { readonly headers: SipHeaders }): number {
  return Math.max(secondsOf(response.headers.get('Min-SE')?.split(';', 1)[0]) ?? 0, LEAST_SESSION_SECONDS);
}

/** Headers of a 2xx: a sender that is to refresh must understand them (RFC 4028 9). */
export function intervalInResponse({ expiresSeconds, weRefresh }: SessionInterval): Readonly<Record<string, string>> {
  const header = { 'Session-Expires': `${expiresSeconds};refresher=${weRefresh ? 'uas' : 'uac'}` };
  return weRefresh ? header : { ...header, Require: 'timer' };
}
