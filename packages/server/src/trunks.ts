import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { countryOf } from './organisations.ts';
import { claimNumbers, readNumbers, verifiedNumbers } from './phone-numbers.ts';
import { Refusal } from './refusal.ts';
import type { Secrets } from './secrets.ts';
import type { Database } from './store/database.ts';
import { inboundTrunks } from './store/schema.ts';
import { violatesUnique } from './store/store-error.ts';

export type InboundTrunk = Omit<typeof inboundTrunks.$inferSelect, 'authPasswordSealed'> & {
  readonly authPassword: string;
};

export interface NewTrunk {
  /** As people write them; absent: all verified numbers of the organisation. */
  readonly phoneNumbers?: readonly string[] | undefined;
  /** Numbers given here count as verified. */
  readonly attested: boolean;
  readonly settings?: TrunkSettings | undefined;
}

/** What can be said of an inbound trunk beside its numbers; undefined leaves a setting as it is. */
export type TrunkSettings = {
  readonly [Name in
    | 'krispEnabled'
    | 'country'
    | 'region'
    | 'allowedIps'
    | 'authentication'
    | 'digestAlgorithms'
    | 'codecs'
    | 'mediaEncryption'
    | 'clientCertificate'
    | 'callsPerSecond'
    | 'maxCalls'
    | 'fallback'
    | 'noAgentStatus']?: (typeof inboundTrunks.$inferInsert)[Name];
};

/**
 * Makes the organisation's inbound trunk with new digest credentials.
 * @throws {Refusal} `inbound_trunk_exists` (there is one for each organisation), or about its numbers or authentication.
 */
export async function createTrunk(
  db: Database,
  secrets: Secrets,
  orgId: string,
  trunk: NewTrunk,
): Promise<InboundTrunk> {
  const country = trunk.settings?.country ?? (await countryOf(db, orgId));
  const given = trunk.phoneNumbers && readNumbers(trunk.phoneNumbers, country, (i) => `/phone_numbers/${i}`);
  const id = randomUUID();
  const authPassword = randomUUID();
  try {
    return await db.transaction(async (tx) => {
      if (given) await claimNumbers(tx, orgId, given, trunk.attested);
      const [row] = await tx
        .insert(inboundTrunks)
        .values({
          id,
          orgId,
          // Lower case letters and digits: PBXs differ in how they treat anything else in a user name.
          authUsername: `org_${randomBytes(8).toString('hex')}`,
          authPasswordSealed: secrets.seal(authPassword, trunkPasswordRecord(id)),
          phoneNumbers: given ?? (await verifiedNumbers(tx, orgId)),
          ...trunk.settings,
        })
        .returning();
      if (!row) throw new Error('The trunk was not returned by its insert.');
      checkAuthentication(row);
      return openTrunk(row, secrets);
    });
  } catch (error) {
    if (!violatesUnique(error, 'inbound_trunks_org_id_unique')) throw error;
    const existing = await findTrunk(db, secrets, orgId);
    throw new Refusal(
      'inbound_trunk_exists',
      `The organisation already has an inbound trunk${existing ? ` (${existing.id})` : ''}. Read it with GET /phone/sip/inbound-trunk.`,
    );
  }
}

/** @throws {Refusal} for a trunk that nobody could call, since it lists no source and wants one. */
export function checkAuthentication({
  authentication,
  allowedIps,
  clientCertificate,
}: Pick<InboundTrunk, 'authentication' | 'allowedIps' | 'clientCertificate'>): void {
  const wantsSource = authentication === 'source' || authentication === 'both';
  if (!wantsSource || allowedIps.length > 0 || clientCertificate !== null) return;
  const detail = `must come with allowed_ips or client_certificate when it is ${authentication}`;
  throw new Refusal(
    'validation_failed',
    `With authentication "${authentication}" nobody could call: the trunk has neither allowed_ips nor a client_certificate. Set one of them too.`,
    [{ pointer: '/authentication', code: 'custom', detail }],
  );
}

/** The organisation's inbound trunk with its password in clear. */
export async function findTrunk(db: Database, secrets: Secrets, orgId: string): Promise<InboundTrunk | undefined> {
  const [row] = await db.select().from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId));
  return row && openTrunk(row, secrets);
}

/** The trunk a SIP digest user name belongs to. */
export async function findTrunkByUsername(
  db: Database,
  secrets: Secrets,
  authUsername: string,
): Promise<InboundTrunk | undefined> {
  const [row] = await db.select().from(inboundTrunks).where(eq(inboundTrunks.authUsername, authUsername));
  return row && openTrunk(row, secrets);
}

/** A stored trunk with its password in clear. */
export function openTrunk(
  { authPasswordSealed, ...row }: typeof inboundTrunks.$inferSelect,
  secrets: Secrets,
): InboundTrunk {
  return { ...row, authPassword: secrets.open(authPasswordSealed, trunkPasswordRecord(row.id)) };
}

/** What a sealed password is bound to: this column of this row. */
export const trunkPasswordRecord = (trunkId: string) => `inbound_trunks/${trunkId}/auth_password`;
