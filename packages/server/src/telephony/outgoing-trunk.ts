import { type OutgoingTrunk, readNumberPolicy } from '@dialplane/calls';
import { and, asc, eq } from 'drizzle-orm';
import type { Secrets } from '../secrets.ts';
import { outboundKeyRecord, outboundPasswordRecord } from '../sip/outbound-trunks.ts';
import type { Database } from '../store/database.ts';
import { organisations, outboundTrunks, phoneAgents } from '../store/schema.ts';
import { spokenCodecs } from './spoken-codecs.ts';

/**
 * The trunk that calls of the organisation go out by: the agent's, else the oldest one; undefined when it has none.
 * @param agentId null: no agent's call.
 */
export async function findOutgoingTrunk(
  db: Database,
  secrets: Secrets,
  orgId: string,
  agentId: string | null,
): Promise<OutgoingTrunk | undefined> {
  const columns = { trunk: outboundTrunks, orgCountry: organisations.country };
  const trunks = () =>
    db.select(columns).from(outboundTrunks).innerJoin(organisations, eq(organisations.id, outboundTrunks.orgId));
  const [ofAgent] =
    agentId === null
      ? []
      : await trunks()
          .innerJoin(phoneAgents, eq(phoneAgents.outboundTrunkId, outboundTrunks.id))
          .where(and(eq(outboundTrunks.orgId, orgId), eq(phoneAgents.id, agentId)));
  const [row] = ofAgent
    ? [ofAgent]
    : await trunks()
        .where(eq(outboundTrunks.orgId, orgId))
        .orderBy(asc(outboundTrunks.createdAt), asc(outboundTrunks.id))
        .limit(1);
  return row && openOutgoingTrunk(row.trunk, row.orgCountry, secrets);
}

/** A stored trunk with its secrets in clear. */
export function openOutgoingTrunk(
  row: typeof outboundTrunks.$inferSelect,
  orgCountry: string,
  secrets: Secrets,
): OutgoingTrunk {
  const { username, passwordSealed, authUsername } = row;
  return {
    id: row.id,
    orgId: row.orgId,
    name: row.name,
    host: row.host,
    port: row.port,
    transport: row.transport,
    username,
    tls: tlsOf(row, secrets),
    credentials:
      username === null || passwordSealed === null
        ? undefined
        : {
            username: authUsername ?? username,
            password: secrets.open(passwordSealed, outboundPasswordRecord(row.id)),
          },
    fromUser: row.fromUser,
    fromDomain: row.fromDomain,
    outboundProxy: row.outboundProxy,
    callerNumber: row.callerNumber,
    numberPolicy: readNumberPolicy(row.numberPolicy) ?? 'e164',
    country: row.country ?? orgCountry,
    allowedCountries: row.allowedCountries,
    codecs: spokenCodecs(row.codecs),
    mediaEncryption: row.mediaEncryption,
    maxCalls: row.maxCalls,
    callsPerSecond: row.callsPerSecond,
  };
}

/** Undefined for what every TLS connection has anyway. */
function tlsOf(row: typeof outboundTrunks.$inferSelect, secrets: Secrets): OutgoingTrunk['tls'] {
  const { clientCertificate, clientKeySealed, authorityCertificates } = row;
  const shown =
    clientCertificate === null || clientKeySealed === null
      ? undefined
      : {
          certificatePem: clientCertificate,
          privateKeyPem: secrets.open(clientKeySealed, outboundKeyRecord(row.id)),
        };
  if (authorityCertificates === null) return shown;
  return { ...shown, authoritiesPem: authorityCertificates };
}
