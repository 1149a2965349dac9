import type { SipHeaders } from '../message/headers.ts';

/** RFC 3323 4.2, RFC 3325 9.3, RFC 7044 10.1. */
export type PrivacyValue = 'none' | 'id' | 'user' | 'header' | 'session' | 'critical' | 'history';

const known: ReadonlySet<string> = new Set<PrivacyValue>([
  'none',
  'id',
  'user',
  'header',
  'session',
  'critical',
  'history',
]);

function isPrivacyValue(text: string): text is PrivacyValue {
  return known.has(text);
}

/** The values of the Privacy header. RFC 3323 puts semicolons between them, many senders put commas. */
export function readPrivacy(headers: SipHeaders): readonly PrivacyValue[] {
  const values: PrivacyValue[] = [];
  for (const line of headers.getAll('Privacy')) {
    for (const part of line.split(/[;,]/)) {
      const value = part.trim().toLowerCase();
      if (isPrivacyValue(value)) values.push(value);
    }
  }
  return values;
}

/** Whether the caller does not want to be shown (RFC 3323 4.2, RFC 3325 7). */
export function hidesCaller(privacy: readonly PrivacyValue[]): boolean {
  return privacy.includes('id') || privacy.includes('user') || privacy.includes('header');
}
