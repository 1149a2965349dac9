import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { countryOf } from '../organisations.ts';
import { readNumber } from '../phone-numbers.ts';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { outboundTrunks, phoneAgents } from '../store/schema.ts';

/** Without what must never leave the store. */
export type OutboundTrunk = Omit<typeof outboundTrunks.$inferSelect, 'passwordSealed' | 'clientKeySealed'>;

/** What we show a carrier on TLS; null shows nothing. */
export interface ClientIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** Digest credentials; both null: the carrier knows us by our address. */
export interface CarrierCredentials {
  readonly username: string | null;
  readonly password: string | null;
}

type Settable = Omit<
  typeof outboundTrunks.$inferInsert,
  'id' | 'orgId' | 'passwordSealed' | 'username' | 'clientCertificate' | 'clientKeySealed' | 'createdAt' | 'updatedAt'
>;
export type NewOutboundTrunk = Settable & {
  readonly credentials: CarrierCredentials;
  readonly clientIdentity?: ClientIdentity | null | undefined;
};
/** Undefined leaves a setting as it is. */
export type OutboundTrunkChanges = { readonly [Name in keyof Settable]?: Settable[Name] | undefined } & {
  readonly credentials?: CarrierCredentials | undefined;
  readonly clientIdentity?: ClientIdentity | null | undefined;
};

/** Ways out through carriers. Passwords go in and are never given out again. */
export interface OutboundTrunks {
  /** Oldest first. */
  list(orgId: string): Promise<OutboundTrunk[]>;
  /** @throws {Refusal} `outbound_trunk_not_found`. */
  get(orgId: string, id: string): Promise<OutboundTrunk>;
  /** @throws {Refusal} `phone_number_invalid` for the caller number. */
  create(orgId: string, trunk: NewOutboundTrunk): Promise<OutboundTrunk>;
  /** @throws {Refusal} as `get` and `create`. */
  change(orgId: string, id: string, changes: OutboundTrunkChanges): Promise<OutboundTrunk>;
  /** @throws {Refusal} as `get`, and `outbound_trunk_in_use` naming the agents that dial through it. */
  remove(orgId: string, id: string): Promise<void>;
}

export function createOutboundTrunks(db: Database, secrets: Secrets): OutboundTrunks {
  const owned = (orgId: string, id: string) => and(eq(outboundTrunks.orgId, orgId), eq(outboundTrunks.id, id));

  function sealed(id: string, { username, password }: CarrierCredentials) {
    return { username, passwordSealed: password === null ? null : secrets.seal(password, outboundPasswordRecord(id)) };
  }

  function sealedIdentity(id: string, identity: ClientIdentity | null | undefined) {
    if (identity === undefined) return {};
    if (identity === null) return { clientCertificate: null, clientKeySealed: null };
    return {
      clientCertificate: identity.certificatePem,
      clientKeySealed: secrets.seal(identity.privateKeyPem, outboundKeyRecord(id)),
    };
  }

  async function get(tx: Database, orgId: string, id: string): Promise<OutboundTrunk> {
    const [row] = await tx.select().from(outboundTrunks).where(owned(orgId, id));
    if (!row) throw outboundTrunkNotFound();
    return withoutPassword(row);
  }

  return {
    list: async (orgId) => {
      const rows = await db
        .select()
        .from(outboundTrunks)
        .where(eq(outboundTrunks.orgId, orgId))
        .orderBy(asc(outboundTrunks.createdAt), asc(outboundTrunks.id));
      return rows.map(withoutPassword);
    },

    get: (orgId, id) => get(db, orgId, id),

    create: async (orgId, { credentials, clientIdentity, ...settings }) => {
      const id = randomUUID();
      const callerNumber = await readCallerNumber(db, orgId, settings);
      const [row] = await db
        .insert(outboundTrunks)
        .values({
          ...settings,
          port: portOf(settings),
          id,
          orgId,
          callerNumber,
          ...sealed(id, credentials),
          ...sealedIdentity(id, clientIdentity),
        })
        .returning();
      if (!row) throw new Error('The trunk was not returned by its insert.');
      return withoutPassword(row);
    },

    change: (orgId, id, { credentials, clientIdentity, ...settings }) =>
      db.transaction(async (tx) => {
        const known = await get(tx, orgId, id);
        // The policy decides what a caller number may be, so a change of either looks at both.
        const callerNumber =
          settings.callerNumber === undefined && settings.numberPolicy === undefined
            ? undefined
            : await readCallerNumber(tx, orgId, {
                callerNumber: settings.callerNumber ?? known.callerNumber,
                numberPolicy: settings.numberPolicy ?? known.numberPolicy,
                country: settings.country === undefined ? known.country : settings.country,
              });
        const [row] = await tx
          .update(outboundTrunks)
          .set({
            ...settings,
            callerNumber,
            ...(credentials ? sealed(id, credentials) : {}),
            ...sealedIdentity(id, clientIdentity),
            updatedAt: sql`now()`,
          })
          .where(owned(orgId, id))
          .returning();
        if (!row) throw outboundTrunkNotFound();
        return withoutPassword(row);
      }),

    remove: (orgId, id) =>
      db.transaction(async (tx) => {
        // Locked, so that no agent is given it at the same moment.
        const [known] = await tx
          .select({ id: outboundTrunks.id })
          .from(outboundTrunks)
          .where(owned(orgId, id))
          .for('update');
        if (!known) throw outboundTrunkNotFound();
        const users = await tx
          .select({ name: phoneAgents.name })
          .from(phoneAgents)
          .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.outboundTrunkId, id)))
          .orderBy(asc(phoneAgents.name));
        if (users.length > 0) {
          const names = users.map(({ name }) => `"${name}"`).join(', ');
          throw new Refusal(
            'outbound_trunk_in_use',
            `Agents dial through the trunk: ${names}. Give each another one, or none, with PUT /phone/sip/agents/{id}/outbound-trunk.`,
          );
        }
        await tx.delete(outboundTrunks).where(owned(orgId, id));
      }),
  };
}

export const outboundTrunkNotFound = () =>
  new Refusal(
    'outbound_trunk_not_found',
    'There is no outbound trunk with this id. List them with GET /phone/sip/outbound-trunks.',
  );

/** E.164, unless the trunk leads to a PBX that dials by extensions. */
async function readCallerNumber(
  db: Database,
  orgId: string,
  trunk: Pick<Settable, 'callerNumber' | 'numberPolicy' | 'country'>,
): Promise<string> {
  if (trunk.numberPolicy === 'extension') return trunk.callerNumber;
  return readNumber(trunk.callerNumber, trunk.country ?? (await countryOf(db, orgId)), '/caller_number');
}

function withoutPassword({
  passwordSealed: _,
  clientKeySealed: __,
  ...trunk
}: typeof outboundTrunks.$inferSelect): OutboundTrunk {
  return trunk;
}

/** What a sealed password is bound to: this column of this row. */
export const outboundPasswordRecord = (trunkId: string) => `outbound_trunks/${trunkId}/password`;
export const outboundKeyRecord = (trunkId: string) => `outbound_trunks/${trunkId}/client_key`;

/** RFC 3261 19.1.2: where no port is named, TLS has another one. */
const portOf = ({ port, transport }: Pick<Settable, 'port' | 'transport'>): number | undefined =>
  port ?? (transport === 'tls' ? 5061 : undefined);
