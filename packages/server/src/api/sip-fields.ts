import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import { countryCode, filledText, text } from './wire.ts';

/** Fields that trunks of both directions have. */

/** What media threads speak. */
const codecs = z
  .array(z.enum(['PCMU', 'PCMA', 'G722', 'opus']))
  .min(1)
  .max(4);

const maxPrefix: Readonly<Record<number, number>> = { 4: 32, 6: 128 };

/** An address, or a range as CIDR (RFC 4632). */
export const ipRange = z
  .string()
  .max(50)
  .refine((value) => {
    const [address = '', prefix, ...more] = value.split('/');
    const longest = maxPrefix[isIP(address)];
    if (longest === undefined || more.length > 0) return false;
    return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
  }, 'must be an IP address or a range such as 192.0.2.0/24');

/** A certificate as PEM; a private key has no place in it. */
export const certificate = text(20_000).refine((pem) => {
  if (pem.includes('PRIVATE KEY')) return false;
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}, 'must be a certificate as PEM, without its private key');

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Certificates of authorities as PEM, one below the other. */
export const authorityCertificates = text(100_000).refine((pem) => {
  if (pem.includes('PRIVATE KEY')) return false;
  const blocks = pem.match(certificateBlock) ?? [];
  try {
    return blocks.length > 0 && blocks.every((block) => new X509Certificate(block).subject !== undefined);
  } catch {
    return false;
  }
}, 'must be certificates as PEM, without private keys');

/** Name or address of a SIP server, without scheme and port. */
export const sipHost = filledText(253).refine(
  (value) => isIP(value) !== 0 || /^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/i.test(value),
  'must be a host name or an IP address, without scheme and port',
);

export const region = z.enum(['global', 'us', 'eu', 'apac']);
export const transport = z.enum(['udp', 'tcp', 'tls']);

export const commonTrunkFields = {
  country: countryCode.nullable(),
  region,
  codecs,
  media_encryption: z.enum(['off', 'allow', 'require']),
  calls_per_second: z.number().positive().max(1000).nullable(),
  max_calls: z.int().min(1).max(100_000).nullable(),
};

/** The same, as read. */
export const commonTrunkSettings = {
  /** ISO 3166 alpha-2 that national numbers are read in; null: the organisation's. */
  country: z.string().nullable(),
  region,
  codecs: z.array(z.string()),
  media_encryption: z.enum(['off', 'allow', 'require']),
  client_certificate: z.string().nullable(),
  /** When it ends. */
  client_certificate_expires_at: z.string().nullable(),
  /** null: no limit. */
  calls_per_second: z.number().nullable(),
  max_calls: z.number().nullable(),
};

/** The step of a routing explanation. */
export const routeStep = z.object({
  rule: z.string(),
  outcome: z.enum(['matched', 'skipped', 'failed', 'warning']),
  why: z.string(),
});

/** When a certificate ends that was checked when it was stored. */
export function certificateExpiry(pem: string | null): string | null {
  return pem === null ? null : new Date(new X509Certificate(pem).validTo).toISOString();
}
