import { type DigestAlgorithm, digestHash } from './algorithm.ts';

export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly method: string;
  /** `uri` parameter as written by the client. */
  readonly uri: string;
  readonly nonce: string;
  /** Absent for the form of RFC 2069, which old equipment still uses. */
  readonly quality?: { readonly qop: 'auth'; readonly cnonce: string; readonly nc: string };
}

/** The `response` value (RFC 3261 22.4, RFC 7616 3.4.1, RFC 8760 2.3). */
export function digestResponse(input: DigestInput): string {
  const { algorithm, quality } = input;
  const secret = digestHash(algorithm, `${input.username}:${input.realm}:${input.password}`);
  const request = digestHash(algorithm, `${input.method}:${input.uri}`);
  const middle = quality ? `${input.nonce}:${quality.nc}:${quality.cnonce}:${quality.qop}` : input.nonce;
  return digestHash(algorithm, `${secret}:${middle}:${request}`);
}
