import type { SipUri } from '../message/uri.ts';

/** Parameters that make two URIs differ even when only one of them has it (RFC 3261 19.1.4). */
const decisive = ['user', 'ttl', 'method', 'maddr', 'transport'];

/**
 * Whether two URIs name the same (RFC 3261 19.1.4); a port left out is not the default port written down. Of other schemes
 * only the text is compared.
 */
export function isSameUri(one: SipUri, other: SipUri): boolean {
  if (one.scheme === other.scheme && !one.scheme.startsWith('sip')) return one.text === other.text;
  if (one.scheme !== other.scheme || one.user !== other.user || one.port !== other.port) return false;
  if (one.host.toLowerCase() !== other.host.toLowerCase() || one.headers !== other.headers) return false;
  for (const name of decisive) if (one.parameters.has(name) !== other.parameters.has(name)) return false;
  for (const [name, value] of one.parameters) {
    if (other.parameters.has(name) && other.parameters.get(name)?.toLowerCase() !== value?.toLowerCase()) return false;
  }
  return true;
}
