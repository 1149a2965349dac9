import type { DigestAlgorithm } from '@dialplane/sip';

/** What the column of a trunk holds, as the SIP stack names it. */
export function isDigestAlgorithm(name: string): name is DigestAlgorithm {
  return name === 'MD5' || name === 'SHA-256' || name === 'SHA-512-256';
}
