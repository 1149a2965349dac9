import { createHash, randomBytes } from 'node:crypto';
import type { SipRequest, SipResponse } from '@dialplane/sip';

/** RFC 8760 3. */
export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'SHA-512-256';

/** Names of OpenSSL. */
const hashes: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

export interface DigestAccount {
  readonly username: string;
  readonly password: string;
}

/** Value of WWW-Authenticate or Proxy-Authenticate with a new nonce. */
export function digestChallenge(realm: string, algorithm: DigestAlgorithm): string {
  return `Digest realm="${realm}", nonce="${randomBytes(12).toString('hex')}", algorithm=${algorithm}, qop="auth"`;
}

/**
 * Judges the credentials for a realm, apart from the digest of the stack under test (RFC 7616 3.4). Any nonce is taken:
 * what is tested is the other side's arithmetic.
 */
export function judgeCredentials(
  request: SipRequest,
  realm: string,
  account: DigestAccount,
  algorithms: readonly DigestAlgorithm[],
): 'none' | 'right' | 'wrong' {
  const values = [...request.headers.getAll('Authorization'), ...request.headers.getAll('Proxy-Authorization')];
  const given = values.map(parametersOf).find((parameters) => parameters.get('realm') === realm);
  if (!given) return 'none';
  const named = given.get('algorithm')?.toUpperCase() ?? 'MD5';
  const algorithm = algorithms.find((one) => one === named);
  if (!algorithm || given.get('username') !== account.username) return 'wrong';
  return given.get('response') === responseOf(given, request.method, account, algorithm) ? 'right' : 'wrong';
}

/** Header that answers a 401 or 407 of the server that is called; undefined when it holds no challenge to answer. */
export function answerTo(
  response: SipResponse,
  request: { readonly method: string; readonly uri: string },
  account: DigestAccount,
): string | undefined {
  const isProxy = response.status === 407;
  const value = response.headers.get(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate');
  if (value === undefined) return undefined;
  const challenge = parametersOf(value);
  const named = challenge.get('algorithm')?.toUpperCase() ?? 'MD5';
  if (named !== 'MD5' && named !== 'SHA-256' && named !== 'SHA-512-256') return undefined;
  const answer = new Map([
    ['username', account.username],
    ['realm', challenge.get('realm') ?? ''],
    ['nonce', challenge.get('nonce') ?? ''],
    ['uri', request.uri],
    ['cnonce', randomBytes(6).toString('hex')],
  ]);
  const counted = new Map([...answer, ['qop', 'auth'], ['nc', '00000001']]);
  const quoted = [...answer, ['response', responseOf(counted, request.method, account, named)]];
  const parts = quoted.map(([name, text]) => `${name}="${text}"`);
  return `${isProxy ? 'Proxy-Authorization' : 'Authorization'}: Digest ${parts.join(', ')}, algorithm=${named}, qop=auth, nc=00000001`;
}

function responseOf(
  given: ReadonlyMap<string, string>,
  method: string,
  { username, password }: DigestAccount,
  algorithm: DigestAlgorithm,
): string {
  const hash = (text: string) => createHash(hashes[algorithm]).update(text).digest('hex');
  const of = (name: string) => given.get(name) ?? '';
  const who = hash(`${username}:${of('realm')}:${password}`);
  const what = hash(`${method}:${of('uri')}`);
  const quality = given.has('qop') ? `${of('nc')}:${of('cnonce')}:${of('qop')}:` : '';
  return hash(`${who}:${of('nonce')}:${quality}${what}`);
}

function parametersOf(value: string): Map<string, string> {
  const pairs = value.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g);
  return new Map([...pairs].map(([, name = '', quoted, bare = '']) => [name.toLowerCase(), quoted ?? bare]));
}
