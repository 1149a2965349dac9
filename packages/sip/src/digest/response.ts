import { createHash } from 'node:crypto';

export interface DigestInput {
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

/** The `response` value with MD5 (RFC 3261 22.4, RFC 7616 3.4.1). */
export function digestResponse(input: DigestInput): string {
  const { quality } = input;
  const secret = md5(`${input.username}:${input.realm}:${input.password}`);
  const request = md5(`${input.method}:${input.uri}`);
  const middle = quality ? `${input.nonce}:${quality.nc}:${quality.cnonce}:${quality.qop}` : input.nonce;
  return md5(`${secret}:${middle}:${request}`);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
