import { randomBytes } from 'node:crypto';
import type { SipResponse } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import { type DigestAlgorithm, digestAlgorithms, readAlgorithm } from './algorithm.ts';
import { parseDigestHeader, writeDigestHeader } from './challenge.ts';
import { digestResponse } from './response.ts';

export interface ClientCredentials {
  readonly username: string;
  readonly password: string;
}

/** A header that answers a challenge. */
export interface AuthorizationHeader {
  readonly name: 'Authorization' | 'Proxy-Authorization';
  readonly value: string;
}

/** A challenge as plain data, with how often it was answered. */
export interface DigestChallenge {
  readonly isProxy: boolean;
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly opaque?: string;
  /** Whether qop `auth` is offered; without it the form of RFC 2069 answers. */
  readonly hasQop: boolean;
  readonly answers: number;
}

/** A server and the proxies before it; what was met longest ago gives way to who invents realms. */
const MOST_CHALLENGES = 8;

/** RFC 7616 3.4: eight hex digits. */
const NC_DIGITS = 8;

/**
 * Credentials for one place, with the challenges met there (RFC 3261 22.2, 22.3; RFC 7616 3.3, 3.5; RFC 8760 2.4). A
 * nonce is used again with a growing count, so that later requests need no round trip of their own.
 */
export class DigestClient {
  readonly #credentials: ClientCredentials;
  readonly #challenges = new Map<string, DigestChallenge>();
  #inviteHeaders: readonly AuthorizationHeader[] = [];

  constructor(credentials: ClientCredentials, snapshot: readonly DigestChallenge[] = []) {
    this.#credentials = credentials;
    for (const challenge of snapshot) this.#keep(challenge);
  }

  snapshot(): readonly DigestChallenge[] {
    return [...this.#challenges.values()];
  }

  /**
   * Takes the challenges of a 401 or 407, the strongest of each realm. False when sending again is of no use: nothing we
   * can answer (Digest with a known algorithm, qop `auth` or none), or a fresh answer that was refused.
   */
  challenged(response: SipResponse): boolean {
    const strongest = new Map<string, DigestChallenge & { readonly isStale: boolean }>();
    for (const challenge of [...challengesIn(response, false), ...challengesIn(response, true)]) {
      const best = strongest.get(keyOf(challenge));
      if (!best || rank(challenge) < rank(best)) strongest.set(keyOf(challenge), challenge);
    }
    let isHelpful = false;
    for (const { isStale, ...challenge } of strongest.values()) {
      const known = this.#challenges.get(keyOf(challenge));
      // Refused at its first use means a wrong password, unless another algorithm is wanted; refused later, that the server
      // forgot its nonce.
      if (known?.answers === 1 && !isStale && known.algorithm === challenge.algorithm) continue;
      this.#keep(challenge);
      isHelpful = true;
    }
    return isHelpful;
  }

  /** Answers to all challenges met so far, for one request. */
  authorize(request: { readonly method: string; readonly uri: string }): readonly AuthorizationHeader[] {
    const headers: AuthorizationHeader[] = [];
    for (const challenge of this.#challenges.values()) {
      const counted = { ...challenge, answers: challenge.answers + 1 };
      this.#keep(counted);
      const name = challenge.isProxy ? 'Proxy-Authorization' : 'Authorization';
      headers.push({ name, value: answer(counted, request, this.#credentials) });
    }
    if (request.method === 'INVITE') this.#inviteHeaders = headers;
    return headers;
  }

  /** The ACK for a 2xx carries the very credentials of its INVITE (RFC 3261 13.2.2.4). */
  get ofLastInvite(): readonly AuthorizationHeader[] {
    return this.#inviteHeaders;
  }

  /** Takes the next nonce a server may hand out with its success (RFC 7616 3.5). */
  accepted(response: SipResponse): void {
    this.#takeNextNonce(response, 'Authentication-Info', false);
    this.#takeNextNonce(response, 'Proxy-Authentication-Info', true);
  }

  /** The header names no realm, so it speaks of the only one of its kind. */
  #takeNextNonce(response: SipResponse, name: string, isProxy: boolean): void {
    const nonce = nextNonce(response.headers.get(name));
    if (nonce === undefined) return;
    const candidates = [...this.#challenges.values()].filter((challenge) => challenge.isProxy === isProxy);
    const [challenge] = candidates;
    if (challenge && candidates.length === 1) this.#keep({ ...challenge, nonce, answers: 0 });
  }

  #keep(challenge: DigestChallenge): void {
    this.#challenges.set(keyOf(challenge), challenge);
    const oldest = this.#challenges.keys().next();
    if (this.#challenges.size > MOST_CHALLENGES && !oldest.done) this.#challenges.delete(oldest.value);
  }
}

function keyOf({ isProxy, realm }: DigestChallenge): string {
  return `${isProxy ? 'proxy' : 'server'} ${realm}`;
}

function rank({ algorithm }: DigestChallenge): number {
  return digestAlgorithms.indexOf(algorithm);
}

function challengesIn(response: SipResponse, isProxy: boolean) {
  return response.headers
    .getAll(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')
    .map((value) => readChallenge(value, isProxy))
    .filter((challenge) => challenge !== undefined);
}

/** Undefined for what cannot be answered or read: another challenge beside it may do. */
function readChallenge(value: string, isProxy: boolean) {
  try {
    const parameters = parseDigestHeader(value);
    const [realm, nonce] = [parameters?.get('realm'), parameters?.get('nonce')];
    const algorithm = readAlgorithm(parameters?.get('algorithm'));
    const qop = parameters?.get('qop');
    if (realm === undefined || nonce === undefined || algorithm === undefined) return undefined;
    if (qop !== undefined && !offersAuth(qop)) return undefined;
    const opaque = parameters?.get('opaque');
    return {
      isProxy,
      realm,
      nonce,
      algorithm,
      hasQop: qop !== undefined,
      answers: 0,
      isStale: parameters?.get('stale')?.toLowerCase() === 'true',
      ...(opaque === undefined ? {} : { opaque }),
    };
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}

function offersAuth(qop: string): boolean {
  return qop.split(',').some((one) => one.trim().toLowerCase() === 'auth');
}

function answer(
  challenge: DigestChallenge,
  request: { readonly method: string; readonly uri: string },
  { username, password }: ClientCredentials,
): string {
  const { realm, nonce, algorithm, opaque } = challenge;
  const parameters = new Map([
    ['username', username],
    ['realm', realm],
    ['nonce', nonce],
    ['uri', request.uri],
    ['algorithm', algorithm],
  ]);
  if (opaque !== undefined) parameters.set('opaque', opaque);
  const input = { algorithm, username, password, realm, nonce, method: request.method, uri: request.uri };
  if (!challenge.hasQop) {
    parameters.set('response', digestResponse(input));
  } else {
    const nc = challenge.answers.toString(16).padStart(NC_DIGITS, '0');
    const quality = { qop: 'auth', cnonce: randomBytes(8).toString('hex'), nc } as const;
    for (const [name, value] of Object.entries(quality)) parameters.set(name, value);
    parameters.set('response', digestResponse({ ...input, quality }));
  }
  return writeDigestHeader(parameters, { quoteQop: false });
}

/** Authentication-Info has parameters like a challenge, but no scheme before them (RFC 7616 3.5). */
function nextNonce(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return parseDigestHeader(`Digest ${value}`)?.get('nextnonce');
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}
