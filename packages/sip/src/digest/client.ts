import { randomBytes } from 'node:crypto';
import type { SipResponse } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { type DigestParameters, parseDigestHeader, writeDigestHeader } from './challenge.ts';
import { digestResponse } from './response.ts';

export interface ClientCredentials {
  readonly username: string;
  readonly password: string;
}

/** Header that answers a challenge. */
export interface ChallengeAnswer {
  readonly name: 'Authorization' | 'Proxy-Authorization';
  readonly value: string;
  /** The server says that only the nonce was old, so another try is worth it. */
  readonly stale: boolean;
}

/**
 * Answers a 401 or 407 (RFC 3261 22.2, 22.3). Undefined when it holds no challenge we can answer: Digest with MD5, and
 * qop `auth` or none.
 */
export function answerChallenge(
  response: SipResponse,
  request: { readonly method: string; readonly uri: string },
  credentials: ClientCredentials,
): ChallengeAnswer | undefined {
  const proxy = response.status === 407;
  for (const value of response.headers.getAll(proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')) {
    const challenge = usableChallenge(value);
    if (!challenge) continue;
    return {
      name: proxy ? 'Proxy-Authorization' : 'Authorization',
      value: writeDigestHeader(answer(challenge, request, credentials), { quoteQop: false }),
      stale: challenge.get('stale')?.toLowerCase() === 'true',
    };
  }
  return undefined;
}

function usableChallenge(value: string): DigestParameters | undefined {
  try {
    const challenge = parseDigestHeader(value);
    if (!challenge?.has('realm') || !challenge.has('nonce')) return undefined;
    if ((challenge.get('algorithm') ?? 'MD5').toUpperCase() !== 'MD5') return undefined;
    const qop = challenge.get('qop');
    return qop === undefined || offersAuth(qop) ? challenge : undefined;
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}

function offersAuth(qop: string): boolean {
  return qop.split(',').some((one) => one.trim().toLowerCase() === 'auth');
}

function answer(
  challenge: DigestParameters,
  request: { readonly method: string; readonly uri: string },
  { username, password }: ClientCredentials,
): DigestParameters {
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  const parameters = new Map([
    ['username', username],
    ['realm', realm],
    ['nonce', nonce],
    ['uri', request.uri],
    ['algorithm', 'MD5'],
  ]);
  const opaque = challenge.get('opaque');
  if (opaque !== undefined) parameters.set('opaque', opaque);
  const input = { username, password, realm, nonce, method: request.method, uri: request.uri };
  if (!challenge.has('qop')) return parameters.set('response', digestResponse(input));
  // Every challenge is answered once, so the count never passes one.
  const quality = { qop: 'auth', cnonce: randomBytes(8).toString('hex'), nc: '00000001' } as const;
  for (const [name, value] of Object.entries(quality)) parameters.set(name, value);
  return parameters.set('response', digestResponse({ ...input, quality }));
}
