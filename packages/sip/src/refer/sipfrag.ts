import { reasonPhrase } from '../message/status.ts';

/** Media type of a piece of a message (RFC 3420). */
export const SIPFRAG = 'message/sipfrag';

/** The status line of a fragment: how far the call went that somebody was asked to make (RFC 3515 2.4.5). */
export interface StatusFragment {
  readonly status: number;
  readonly reason: string;
}

/** Undefined when the fragment does not begin with a status line. */
export function readStatusFragment(body: Buffer): StatusFragment | undefined {
  const lineEnd = body.indexOf('\n');
  const line = body.toString('utf8', 0, lineEnd < 0 ? body.length : lineEnd).trim();
  const [version = '', code = ''] = line.split(' ', 2);
  if (version.toUpperCase() !== 'SIP/2.0' || code.length !== 3) return undefined;
  const status = Number(code);
  if (!(status >= 100 && status <= 699)) return undefined;
  return { status, reason: line.slice(version.length + code.length + 2) };
}

export function writeStatusFragment(status: number, reason: string | undefined): string {
  return `SIP/2.0 ${status} ${(reason ?? reasonPhrase(status)).replace(/[\r\n]+/g, ' ')}\r\n`;
}
