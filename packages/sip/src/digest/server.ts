import { timingSafeEqual } from 'node:crypto';
import type { SipRequest } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { type DigestParameters, parseDigestHeader, writeDigestHeader } from './challenge.ts';
import { judgeNonce, makeNonce } from './nonce.ts';
import { digestResponse } from './response.ts';

export interface AuthenticationOptions {
  readonly realm: string;
  /** Shared by all processes that answer for this realm; 32 random bytes. */
  readonly nonceKey: Uint8Array;
  /** How long one challenge can be answered. Default 60 s. */
  readonly nonceLifetimeMs?: number;
  findCredential(username: string): Promise<{ readonly password: string; readonly owner: string } | undefined>;
}

/** Longer than a client retransmits (32 s), short enough that a recorded answer is soon worthless. */
const DEFAULT_NONCE_LIFETIME_MS = 60_000;

export type AuthenticationVerdict =
  | { readonly kind: 'accepted'; readonly owner: string; readonly username: string }
  | { readonly kind: 'challenge'; readonly stale: boolean }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly username: string };

/** Credentials of a request for our realm, not yet checked. */
interface Credentials {
  readonly parameters: DigestParameters;
  readonly username: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
}

/** Whether the request brings credentials at all, so that looking at them may take time. */
export function hasCredentials(request: SipRequest): boolean {
  return request.headers.get('Authorization') !== undefined;
}

/**
 * Judges the Authorization header of a request (RFC 3261 22.1, RFC 7616 3.4). Unknown user and wrong password look the
 * same. Rejects when `findCredential` does.
 */
export async function authenticate(
  request: SipRequest,
  options: AuthenticationOptions,
  wallTimeMs: number,
): Promise<AuthenticationVerdict> {
  let credentials: Credentials | undefined;
  try {
    credentials = credentialsForRealm(request, options.realm);
  } catch (error) {
    if (error instanceof SipParseError) return { kind: 'malformed', reason: error.message };
    throw error;
  }
  if (!credentials) return { kind: 'challenge', stale: false };
  const { username, nonce } = credentials;
  const known = await options.findCredential(username);
  const expected = expectedResponse(request.method, credentials, options.realm, known?.password ?? '');
  if (!equalInConstantTime(credentials.response.toLowerCase(), expected) || !known) return { kind: 'wrong', username };
  const age = judgeNonce(nonce, {
    key: options.nonceKey,
    realm: options.realm,
    wallTimeMs,
    lifetimeMs: options.nonceLifetimeMs ?? DEFAULT_NONCE_LIFETIME_MS,
  });
  // The password is right, so the client may try again without asking its user (RFC 7616 3.3).
  return age === 'valid' ? { kind: 'accepted', owner: known.owner, username } : { kind: 'challenge', stale: true };
}

function credentialsForRealm(request: SipRequest, realm: string): Credentials | undefined {
  for (const value of request.headers.getAll('Authorization')) {
    const parameters = parseDigestHeader(value);
    if (parameters?.get('realm') !== realm) continue;
    // Answers to an algorithm we never offer get a fresh challenge.
    if ((parameters.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') continue;
    const needed = (name: string): string => {
      const found = parameters.get(name);
      if (found === undefined) throw new SipParseError(`Authorization without ${name}`);
      return found;
    };
    if ((parameters.get('qop') ?? 'auth') !== 'auth') throw new SipParseError('Authorization with an unknown qop');
    if (parameters.has('qop') && !/^[0-9a-f]{8}$/i.test(needed('nc'))) throw new SipParseError('nc is malformed');
    if (parameters.has('qop')) needed('cnonce');
    return {
      parameters,
      username: needed('username'),
      nonce: needed('nonce'),
      uri: needed('uri'),
      response: needed('response'),
    };
  }
  return undefined;
}

function expectedResponse(method: string, credentials: Credentials, realm: string, password: string): string {
  const { parameters, username, nonce, uri } = credentials;
  const input = { username, password, realm, method, uri, nonce };
  if (!parameters.has('qop')) return digestResponse(input);
  return digestResponse({
    ...input,
    quality: { qop: 'auth', cnonce: parameters.get('cnonce') ?? '', nc: parameters.get('nc') ?? '' },
  });
}

function equalInConstantTime(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Value of WWW-Authenticate. */
export function writeChallenge(options: AuthenticationOptions, wallTimeMs: number, stale: boolean): string {
  const parameters = new Map([
    ['realm', options.realm],
    ['nonce', makeNonce(options.nonceKey, options.realm, wallTimeMs)],
    ['algorithm', 'MD5'],
    ['qop', 'auth'],
  ]);
  if (stale) parameters.set('stale', 'true');
  return writeDigestHeader(parameters, { quoteQop: true });
}
