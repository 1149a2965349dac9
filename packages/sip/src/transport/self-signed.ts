import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/**
 * A certificate that vouches for itself, for a server that was given none: its peers can pin its fingerprint. Node has no
 * interface to make one, so the few structures of RFC 5280 4.1 it needs are written here.
 */
export interface SelfSignedCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface SelfSignedOptions {
  /** Host names and literal addresses; the first is the common name too. */
  readonly names: readonly [string, ...string[]];
  /** Milliseconds since 1970. */
  readonly validFromMs: number;
  readonly validDays: number;
}

const DAY_MS = 86_400_000;

/** Object identifiers in DER, from RFC 5758 3.2, RFC 5280 4.2 and X.520. */
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex');
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex');

/** Context tags of GeneralName (RFC 5280 4.2.1.6). */
const DNS_NAME = 0x82;
const URI_NAME = 0x86;
const IP_ADDRESS = 0x87;

/** An ECDSA P-256 key and a certificate for the names, as `sip:` URIs too (RFC 5922 7.1). */
export function makeSelfSignedCertificate({ names, validFromMs, validDays }: SelfSignedOptions): SelfSignedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(COMMON_NAME, element(0x0c, Buffer.from(names[0])))));
  const algorithm = sequence(ECDSA_WITH_SHA256);
  const content = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(positive(randomBytes(16))),
    algorithm,
    name,
    sequence(time(validFromMs), time(validFromMs + validDays * DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(alternativeNames(names), basicConstraints())),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, algorithm, element(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return {
    certificatePem: pem(certificate),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function alternativeNames(names: readonly string[]): Buffer {
  const entries = names.flatMap((name) =>
    isIPv4(name) || isIPv6(name)
      ? [element(IP_ADDRESS, addressBytes(name))]
      : [element(URI_NAME, Buffer.from(`sip:${name}`)), element(DNS_NAME, Buffer.from(name))],
  );
  return sequence(SUBJECT_ALTERNATIVE_NAME, element(0x04, sequence(...entries)));
}

/** It signs itself, so that whoever installs it as a root gets a chain of one. */
function basicConstraints(): Buffer {
  const isAuthority = element(0x01, Buffer.from([0xff]));
  return sequence(BASIC_CONSTRAINTS, isAuthority, element(0x04, sequence(isAuthority)));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [front = '', back] = address.split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':'));
  const [head, tail] = [words(front), words(back ?? '')];
  const gap = back === undefined ? 0 : 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(gap).fill('0'), ...tail];
  return Buffer.from(all.map((word) => word.padStart(4, '0')).join(''), 'hex');
}

/** A DER integer is signed: the leading bit of a positive one is clear, and no byte is needless. */
function positive(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[0] = ((copy[0] ?? 0) & 0x7f) | 0x40;
  return copy;
}

/** RFC 5280 4.1.2.5: two-digit years until 2049. */
function time(ms: number): Buffer {
  const text = `${new Date(ms).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  return Number(text.slice(0, 4)) < 2050 ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}

function integer(bytes: Buffer): Buffer {
  return element(0x02, bytes);
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return element(0x31, Buffer.concat(parts));
}

/** Tag, length, content. */
function element(tag: number, content: Buffer): Buffer {
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
