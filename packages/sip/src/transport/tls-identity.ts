import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { readCertificate } from './certificate.ts';
import { TransportError } from './transport-error.ts';

/** The names by which a certificate can be somebody's. */
export interface CertificateNames {
  readonly sipUris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly commonName?: string;
}

/**
 * Whether a certificate is that of a SIP domain (RFC 5922 7.1, 7.2): a `sip:` URI of exactly that domain, else a DNS name,
 * else, when it has no alternative names at all, its common name. Beyond the RFC, which knows no wildcards, a DNS name may
 * have one as its whole leftmost label, as the certificates of most carriers have.
 */
export function isIdentityOf(domain: string, names: CertificateNames): boolean {
  const wanted = domain.toLowerCase();
  if (names.sipUris.some((uri) => domainOfSipUri(uri) === wanted)) return true;
  if (names.dnsNames.some((name) => matchesDnsName(wanted, name))) return true;
  const hasAlternatives = names.sipUris.length > 0 || names.dnsNames.length > 0;
  return !hasAlternatives && names.commonName?.toLowerCase() === wanted;
}

/** The error for a certificate that is not that of the host we meant to reach; undefined when it is. */
export function identityError(expected: string, der: Buffer): TransportError | undefined {
  const names = readCertificate(der);
  if (isIP(expected) !== 0) {
    if (new X509Certificate(der).checkIP(expected) !== undefined) return undefined;
  } else if (isIdentityOf(expected, names)) return undefined;
  const own = [...names.sipUris, ...names.dnsNames, ...names.ipAddresses];
  if (own.length === 0 && names.commonName !== undefined) own.push(names.commonName);
  return new TransportError(
    'tls_name_mismatch',
    'theirs',
    `The TLS certificate is for ${own.join(', ') || '(no name)'}, not for "${expected}". ` +
      "Use a host name that the certificate has as the trunk's host, or ask the carrier for the right one.",
  );
}

/** RFC 5922 7.1: the URI of a domain has no user; parameters and port say nothing about who it is. */
function domainOfSipUri(uri: string): string | undefined {
  const rest = uri.slice('sip:'.length);
  if (rest.includes('@')) return undefined;
  const end = rest.search(/[:;?]/);
  return (end < 0 ? rest : rest.slice(0, end)).toLowerCase();
}

function matchesDnsName(domain: string, name: string): boolean {
  if (!name.includes('*')) return name === domain;
  const dot = domain.indexOf('.');
  // `*.com` would be everybody.
  return (
    name.startsWith('*.') &&
    name.indexOf('.', 2) > 0 &&
    !name.includes('*', 1) &&
    dot > 0 &&
    domain.slice(dot) === name.slice(1)
  );
}
