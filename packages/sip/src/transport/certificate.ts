import { X509Certificate } from 'node:crypto';
import type { PeerCertificate } from './flow.ts';

/** What an operator wants to know of a certificate; all of it is public. */
export interface CertificateDetails {
  /** SHA-256 over the DER form, as pairs of upper-case hex digits with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly commonName?: string;
  readonly sipUris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  /** Milliseconds since 1970. */
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly isSelfSigned: boolean;
}

/**
 * Reads the first certificate of a PEM file, or one in DER.
 * @throws Error of `node:crypto` when it is none.
 */
export function readCertificate(certificate: string | Buffer): CertificateDetails {
  const x509 = new X509Certificate(certificate);
  const subject = nameOf(x509.subject);
  const commonName = commonNameOf(subject);
  return {
    fingerprint: x509.fingerprint256,
    subject: oneLine(subject),
    issuer: oneLine(nameOf(x509.issuer)),
    ...(commonName === undefined ? {} : { commonName }),
    ...alternativeNames(x509.subjectAltName ?? ''),
    validFromMs: Date.parse(x509.validFrom),
    validUntilMs: Date.parse(x509.validTo),
    isSelfSigned: x509.checkIssued(x509),
  };
}

/** What a flow keeps of its peer's certificate. */
export function peerCertificate(der: Buffer, isTrusted: boolean): PeerCertificate {
  const { fingerprint, sipUris, dnsNames, commonName } = readCertificate(der);
  return { fingerprint, sipUris, dnsNames, ...(commonName === undefined ? {} : { commonName }), isTrusted };
}

/** RFC 5280 4.1.2.6 lets a certificate have no subject; Node then gives undefined, whatever its types say. */
function nameOf(name: string | undefined): string {
  return name ?? '';
}

function commonNameOf(subject: string): string | undefined {
  for (const line of subject.split('\n')) if (line.startsWith('CN=')) return line.slice('CN='.length);
  return undefined;
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

interface AlternativeNames {
  readonly sipUris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** OpenSSL's text form, in which Node quotes a value that holds a comma or a quotation mark. */
function alternativeNames(text: string): AlternativeNames {
  const sipUris: string[] = [];
  const dnsNames: string[] = [];
  const ipAddresses: string[] = [];
  for (const entry of splitEntries(text)) {
    const colon = entry.indexOf(':');
    const kind = entry.slice(0, Math.max(colon, 0));
    const value = entry.slice(colon + 1);
    // A quoted value is no name of a host, and must not be taken apart into some.
    if (value.startsWith('"')) continue;
    if (kind === 'DNS') dnsNames.push(value.toLowerCase());
    else if (kind === 'IP Address') ipAddresses.push(value);
    else if (kind === 'URI' && value.toLowerCase().startsWith('sip:')) sipUris.push(value);
  }
  return { sipUris, dnsNames, ipAddresses };
}

function splitEntries(text: string): string[] {
  const entries: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === '"' && text[at - 1] !== '\\') isQuoted = !isQuoted;
    if (at < text.length && (character !== ',' || isQuoted)) continue;
    const entry = text.slice(from, at).trim();
    if (entry !== '') entries.push(entry);
    from = at + 1;
  }
  return entries;
}
