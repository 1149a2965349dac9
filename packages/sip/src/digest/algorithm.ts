import { hash } from 'node:crypto';

/** RFC 7616 3.3 and RFC 8760 2.1; the `-sess` variants are not spoken. */
export type DigestAlgorithm = 'MD5' | 'SHA-256' | 'SHA-512-256';

/** Strongest first: the order in which we offer, and in which we choose. */
export const digestAlgorithms: readonly DigestAlgorithm[] = ['SHA-512-256', 'SHA-256', 'MD5'];

/** Several phones fail as soon as SHA-256 stands beside it (baresip 1.0.0 among them), so more is a choice per trunk. */
export const defaultAlgorithms: readonly DigestAlgorithm[] = ['MD5'];

/** Names of node:crypto. SHA-512-256 is the truncation with its own start values (FIPS 180-4 5.3.6). */
const hashNames: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

/** The algorithm a header names, in any case; MD5 when it names none (RFC 7616 3.3). Undefined when it is not spoken. */
export function readAlgorithm(text: string | undefined): DigestAlgorithm | undefined {
  if (text === undefined) return 'MD5';
  const name = text.toUpperCase();
  return digestAlgorithms.find((algorithm) => algorithm === name);
}

/** H(text) of RFC 7616 3.2 in lower-case hex. */
export function digestHash(algorithm: DigestAlgorithm, text: string): string {
  return hash(hashNames[algorithm], text, 'hex');
}
