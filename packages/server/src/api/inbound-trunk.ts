import { z } from 'zod';
import type { Config } from '../config/config.ts';
import { sipEndpoint } from '../public-address.ts';
import { agentIdHeader } from '../sip/headers.ts';
import type { InboundTrunk, TrunkSettings } from '../trunks.ts';
import { Problem } from './problem.ts';
import { certificate, certificateExpiry, commonTrunkFields, commonTrunkSettings, ipRange } from './sip-fields.ts';

/**
 * What shows that a call is the trunk's: its user name and password (`digest`), an address of `allowed_ips` or the client
 * certificate (`source`), both of the two, or either of them.
 */
const authentication = z.enum(['either', 'digest', 'source', 'both']);

/** An inbound trunk as the API answers with it: what a PBX needs to send calls here, then how its calls are treated. */
export const inboundTrunkSchema = z.object({
  id: z.string(),
  /** `host` or `host:port`, of the trunk's region. */
  sip_endpoint: z.string(),
  auth_username: z.string(),
  auth_password: z.string(),
  phone_numbers: z.array(z.string()),
  krisp_enabled: z.boolean(),
  agent_id_header: z.string(),
  ...commonTrunkSettings,
  allowed_ips: z.array(z.string()),
  authentication,
  digest_algorithms: z.array(z.string()),
  /** What happens to calls that no rule gives an agent. */
  fallback: z.enum(['agent', 'reject']),
  no_agent_status: z.number(),
  /** The last call or registration of the PBX, and how it showed that it is this trunk's; null before the first. */
  last_seen: z
    .object({
      style: z.enum(['digest', 'register', 'ip', 'certificate']),
      /** Address and port. */
      source: z.string(),
      at: z.string(),
    })
    .nullable(),
  /** Calls have been treated as said here since then, and by other servers of the installation within half a minute. */
  active_since: z.string(),
});

/** Settings of an inbound trunk; what is left out stays as it is, or has its default in a new one. */
export const inboundTrunkFields = z
  .object({
    ...commonTrunkFields,
    /** What the PBX shows on TLS; calls of a peer that shows it need no password, unless `authentication` says so. */
    client_certificate: certificate.nullable(),
    allowed_ips: z.array(ipRange).max(500),
    /** `source` and `both` need allowed_ips or client_certificate. */
    authentication,
    digest_algorithms: z
      .array(z.enum(['MD5', 'SHA-256', 'SHA-512-256']))
      .min(1)
      .max(3),
    fallback: z.enum(['agent', 'reject']),
    no_agent_status: z.union([z.literal(480), z.literal(486), z.literal(503)]),
  })
  .partial()
  .extend({
    /** Noise suppression of the caller's sound. */
    krisp_enabled: z.boolean().nullish(),
  });

export function trunkSettings(body: z.output<typeof inboundTrunkFields>): TrunkSettings {
  return {
    krispEnabled: body.krisp_enabled ?? undefined,
    country: body.country,
    region: body.region,
    allowedIps: body.allowed_ips,
    authentication: body.authentication,
    digestAlgorithms: body.digest_algorithms,
    codecs: body.codecs,
    mediaEncryption: body.media_encryption,
    clientCertificate: body.client_certificate,
    callsPerSecond: body.calls_per_second,
    maxCalls: body.max_calls,
    fallback: body.fallback,
    noAgentStatus: body.no_agent_status,
  };
}

/** @throws {Problem} `inbound_trunk_not_found` for undefined. */
export function inboundTrunkOnWire(
  trunk: InboundTrunk | undefined,
  config: Config,
): z.output<typeof inboundTrunkSchema> {
  if (!trunk) throw inboundTrunkNotFound();
  return {
    id: trunk.id,
    sip_endpoint: sipEndpoint(config, trunk.region),
    auth_username: trunk.authUsername,
    auth_password: trunk.authPassword,
    phone_numbers: trunk.phoneNumbers,
    krisp_enabled: trunk.krispEnabled,
    agent_id_header: agentIdHeader,
    country: trunk.country,
    region: trunk.region,
    codecs: trunk.codecs,
    media_encryption: trunk.mediaEncryption,
    client_certificate: trunk.clientCertificate,
    client_certificate_expires_at: certificateExpiry(trunk.clientCertificate),
    calls_per_second: trunk.callsPerSecond,
    max_calls: trunk.maxCalls,
    allowed_ips: trunk.allowedIps,
    authentication: trunk.authentication,
    digest_algorithms: trunk.digestAlgorithms,
    fallback: trunk.fallback,
    no_agent_status: trunk.noAgentStatus,
    last_seen: lastSeen(trunk),
    active_since: trunk.updatedAt.toISOString(),
  };
}

function lastSeen({ lastSeenStyle, lastSeenSource, lastSeenAt }: InboundTrunk) {
  if (lastSeenStyle === null || lastSeenSource === null || lastSeenAt === null) return null;
  return { style: lastSeenStyle, source: lastSeenSource, at: lastSeenAt.toISOString() };
}

export const inboundTrunkNotFound = () =>
  new Problem(
    'inbound_trunk_not_found',
    'The organisation has no inbound trunk. Make one with POST /phone/sip/inbound-trunk.',
  );
