import type { SipResponse } from '../message/message.ts';
import { parseNameAddr } from '../message/name-addr.ts';
import { SipParseError } from '../message/parse-error.ts';
import type { RegistrationError } from './registration-types.ts';

/** Nobody should be away for longer than a day without our noticing, whatever the registrar grants. */
const LONGEST_SECONDS = 86_400;

/**
 * Seconds a 200 grants to our Contact, found by its user part since carriers rewrite hosts; 0 when it is not there
 * (RFC 3261 10.2.4).
 */
export function grantedSeconds(response: SipResponse, token: string, askedSeconds: number): number {
  const contacts = response.headers.list('Contact');
  const ours = contacts.map(parseNameAddr).find(({ uri }) => uri.user === token);
  // Some registrars answer without a list at all; then Expires, or what we asked for, holds.
  if (!ours && contacts.length > 0) return 0;
  const granted = seconds(ours?.parameters.get('expires')) ?? seconds(response.headers.get('Expires')) ?? askedSeconds;
  return Math.min(granted, LONGEST_SECONDS);
}

/** The new place a 301 or 302 names (RFC 3261 21.3.2, 21.3.3). */
export function redirectionTarget(response: SipResponse): string | undefined {
  if (response.status !== 301 && response.status !== 302) return undefined;
  try {
    const contact = response.headers.list('Contact')[0];
    const uri = contact === undefined || contact === '*' ? undefined : parseNameAddr(contact).uri;
    return uri?.scheme === 'sip' || uri?.scheme === 'sips' ? uri.text : undefined;
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}

/** Min-Expires of a 423 (RFC 3261 20.23). */
export function minExpiresSeconds(response: SipResponse): number | undefined {
  return response.status === 423 ? seconds(response.headers.get('Min-Expires')) : undefined;
}

function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Statuses after which the same server, or another one, may well say yes a little later. */
const PASSING = new Set([408, 430, 480, 491]);

/** Whether it is of use to try again soon. */
export function isPassing(status: number): boolean {
  return PASSING.has(status) || (status >= 500 && status < 600);
}

/** What a final answer that is no success means, in a sentence for whoever has to act. */
export function errorOf(response: SipResponse, username: string | undefined): RegistrationError {
  const { status } = response;
  const said = `${status} ${response.reason}`.trim();
  if (status === 401 || status === 407) {
    if (username === undefined) {
      const message = `The registrar asks for credentials (${said}), and none are set: set auth username and password.`;
      return { code: 'no_credentials', errorClass: 'ours', status, message };
    }
    const message = `The registrar refuses the password of user "${username}" (${said}): check auth username and password.`;
    return { code: 'wrong_credentials', errorClass: 'ours', status, message };
  }
  if (status === 403) {
    const message = `The registrar forbids the registration (${said}): ask the carrier whether the account, its domain and our address are allowed.`;
    return { code: 'forbidden', errorClass: 'upstream', status, message };
  }
  if (status === 404) {
    const message = `The registrar does not know this user (${said}): check the user and the domain.`;
    return { code: 'unknown_user', errorClass: 'ours', status, message };
  }
  if (isPassing(status)) {
    const message = `The registrar cannot register us at the moment (${said}); it is tried again.`;
    return { code: 'server_failure', errorClass: 'upstream', status, message };
  }
  const message = `The registrar refuses the registration (${said}): ask the carrier for the cause.`;
  return { code: 'refused', errorClass: 'upstream', status, message };
}

export const notGranted: RegistrationError = {
  code: 'not_granted',
  errorClass: 'upstream',
  status: 200,
  message:
    'The registrar answered 200, but its list does not hold our Contact: ask the carrier for its limit of contacts.',
};

export const noAnswer: RegistrationError = {
  code: 'no_answer',
  errorClass: 'unknown',
  message: 'The registrar does not answer: check its address and port, and whether a firewall lies between.',
};

export function unreachable(host: string, cause: unknown): RegistrationError {
  const text = cause instanceof Error ? cause.message : String(cause);
  return {
    code: 'unreachable',
    errorClass: 'unknown',
    message: `There is no way to ${host} (${text}): check the name, the port and the transport.`,
  };
}
