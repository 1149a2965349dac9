import { createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { quote } from '../message/grammar.ts';
import type { SipRequest } from '../message/message.ts';
import { SipParseError } from '../message/parse-error.ts';
import type { Flow } from '../transport/flow.ts';
import { type DigestAlgorithm, defaultAlgorithms, digestAlgorithms, readAlgorithm } from './algorithm.ts';
import { type DigestParameters, parseDigestHeader } from './challenge.ts';
import { judgeNonce, makeNonce } from './nonce.ts';
import { NonceUses } from './nonce-uses.ts';
import { digestResponse } from './response.ts';

export interface AuthenticationOptions {
  readonly realm: string;
  /** Shared by all processes that answer for this realm; 32 random bytes. */
  readonly nonceKey: Uint8Array;
  /** How long one challenge can be answered. Default 60 s. */
  readonly nonceLifetimeMs?: number;
  findCredential(username: string): Promise<Credential | undefined>;
  /**
   * What to offer a sender who has not said who it is, by what its address, Request-URI and From tell. Without it, or when
   * it returns undefined: MD5. Asked for every stranger, so it must answer from memory.
   */
  algorithmsFor?(request: SipRequest, source: Flow): readonly DigestAlgorithm[] | undefined;
}

export interface Credential {
  readonly password: string;
  /** Whatever the credential belongs to; handed back as it is. */
  readonly owner: string;
  /** What this user may answer with. Default: MD5. */
  readonly algorithms?: readonly DigestAlgorithm[];
}

/** Longer than a client retransmits (32 s), short enough that a recorded answer is soon worthless. */
const DEFAULT_NONCE_LIFETIME_MS = 60_000;

export type AuthenticationVerdict =
  | { readonly kind: 'accepted'; readonly owner: string; readonly username: string }
  /** `algorithms`: those of the user, where the sender is known; `stale`: the password was right. */
  | { readonly kind: 'challenge'; readonly stale: boolean; readonly algorithms?: readonly DigestAlgorithm[] }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'wrong'; readonly username: string };

/** Credentials of a request for our realm, not yet checked. */
interface Credentials {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly quality: { readonly qop: 'auth'; readonly cnonce: string; readonly nc: string } | undefined;
}

/** Whether the request brings credentials at all, so that looking at them may take time. */
export function hasCredentials(request: SipRequest): boolean {
  return request.headers.get('Authorization') !== undefined;
}

/** Judges Authorization headers and writes challenges for one realm (RFC 3261 22.1, RFC 7616 3, RFC 8760). */
export class DigestServer {
  readonly #options: AuthenticationOptions;
  readonly #nonceLifetimeMs: number;
  /** Made once: raw bytes would become a key object with every nonce. */
  readonly #nonceKey: KeyObject;
  readonly #uses: NonceUses;

  constructor(options: AuthenticationOptions) {
    this.#options = options;
    this.#nonceKey = createSecretKey(options.nonceKey);
    this.#nonceLifetimeMs = options.nonceLifetimeMs ?? DEFAULT_NONCE_LIFETIME_MS;
    this.#uses = new NonceUses(this.#nonceLifetimeMs);
  }

  /** Unknown user and wrong password look the same. Rejects when `findCredential` does. */
  async authenticate(request: SipRequest, wallTimeMs: number): Promise<AuthenticationVerdict> {
    const { realm } = this.#options;
    let credentials: Credentials | undefined;
    try {
      credentials = credentialsForRealm(request, realm);
    } catch (error) {
      if (error instanceof SipParseError) return { kind: 'malformed', reason: error.message };
      throw error;
    }
    if (!credentials) return { kind: 'challenge', stale: false };
    const { username, nonce, response, quality } = credentials;
    const known = await this.#options.findCredential(username);
    const expected = expectedResponse(request.method, credentials, realm, known?.password ?? '');
    if (!equalInConstantTime(response.toLowerCase(), expected) || !known) return { kind: 'wrong', username };
    // From here on the password is right, so the client may try again without asking its user (RFC 7616 3.3).
    const algorithms = known.algorithms ?? defaultAlgorithms;
    if (!algorithms.includes(credentials.algorithm)) return { kind: 'challenge', stale: false, algorithms };
    const age = judgeNonce(nonce, { key: this.#nonceKey, realm, wallTimeMs, lifetimeMs: this.#nonceLifetimeMs });
    if (age !== 'valid' || !this.#uses.isFirst(nonce, quality?.nc.toLowerCase() ?? response, wallTimeMs)) {
      return { kind: 'challenge', stale: true, algorithms };
    }
    return { kind: 'accepted', owner: known.owner, username };
  }

  /** Values of WWW-Authenticate, one header each, strongest algorithm first (RFC 8760 2.4). */
  challenges(
    request: SipRequest,
    source: Flow,
    wallTimeMs: number,
    verdict: { readonly stale: boolean; readonly algorithms?: readonly DigestAlgorithm[] } = { stale: false },
  ): string[] {
    const { realm, algorithmsFor } = this.#options;
    const offered = verdict.algorithms ?? algorithmsFor?.(request, source) ?? defaultAlgorithms;
    const nonce = makeNonce(this.#nonceKey, realm, wallTimeMs);
    return digestAlgorithms
      .filter((algorithm) => offered.includes(algorithm))
      .map((algorithm) => writeChallenge({ realm, nonce, algorithm, stale: verdict.stale }));
  }
}

function writeChallenge(challenge: { realm: string; nonce: string; algorithm: string; stale: boolean }): string {
  const { realm, nonce, algorithm, stale } = challenge;
  const text = `Digest realm=${quote(realm)}, nonce="${nonce}", algorithm=${algorithm}, qop="auth"`;
  return stale ? `${text}, stale=true` : text;
}

/** The strongest answer for our realm: a client may answer several challenges at once (RFC 8760 2.4). */
function credentialsForRealm(request: SipRequest, realm: string): Credentials | undefined {
  let found: Credentials | undefined;
  for (const value of request.headers.getAll('Authorization')) {
    const parameters = parseDigestHeader(value);
    if (parameters?.get('realm') !== realm) continue;
    // Answers to an algorithm we never offer get a fresh challenge.
    const algorithm = readAlgorithm(parameters.get('algorithm'));
    if (algorithm === undefined) continue;
    const read = readCredentials(parameters, algorithm);
    if (!found || digestAlgorithms.indexOf(algorithm) < digestAlgorithms.indexOf(found.algorithm)) found = read;
  }
  return found;
}

function readCredentials(parameters: DigestParameters, algorithm: DigestAlgorithm): Credentials {
  const needed = (name: string): string => {
    const found = parameters.get(name);
    if (found === undefined) throw new SipParseError(`Authorization without ${name}`);
    return found;
  };
  const credentials = {
    algorithm,
    username: needed('username'),
    nonce: needed('nonce'),
    uri: needed('uri'),
    response: needed('response'),
  };
  const qop = parameters.get('qop');
  if (qop === undefined) return { ...credentials, quality: undefined };
  if (qop.toLowerCase() === 'auth-int') throw new SipParseError('qop auth-int was not offered');
  if (qop !== 'auth') throw new SipParseError('Authorization with an unknown qop');
  const nc = needed('nc');
  if (!/^[0-9a-f]{8}$/i.test(nc)) throw new SipParseError('nc is malformed');
  return { ...credentials, quality: { qop, nc, cnonce: needed('cnonce') } };
}

function expectedResponse(method: string, credentials: Credentials, realm: string, password: string): string {
  const { algorithm, username, nonce, uri, quality } = credentials;
  const input = { algorithm, username, password, realm, method, uri, nonce };
  return digestResponse(quality === undefined ? input : { ...input, quality });
}

function equalInConstantTime(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
