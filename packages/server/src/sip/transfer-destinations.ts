import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { Refusal } from '../refusal.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { agentTransferDestinations, phoneAgents, transferDestinations } from '../store/schema.ts';
import { type DestinationDraft, readDestination } from './destination-draft.ts';

/** Where agents may transfer callers to. Without what must never leave the store. */
export type TransferDestination = Omit<typeof transferDestinations.$inferSelect, 'passwordSealed'>;
/** Undefined leaves a part as it is. */
export type DestinationChanges = { readonly [Name in keyof DestinationDraft]?: DestinationDraft[Name] | undefined };

type Row = typeof transferDestinations.$inferSelect;

/** Passwords go in and are never given out again. */
export interface TransferDestinations {
  /** Oldest first. */
  list(orgId: string): Promise<TransferDestination[]>;
  /** @throws {Refusal} `transfer_destination_not_found`. */
  get(orgId: string, id: string): Promise<TransferDestination>;
  /** @throws {Refusal} `phone_number_invalid` or `validation_failed`, about `value` and credentials. */
  create(orgId: string, draft: DestinationDraft, pointer?: string): Promise<TransferDestination>;
  /** @throws {Refusal} as `get` and `create`. */
  change(orgId: string, id: string, changes: DestinationChanges): Promise<TransferDestination>;
  /** @throws {Refusal} as `get`, and `transfer_destination_in_use` naming the agents that have it. */
  remove(orgId: string, id: string): Promise<void>;
}

export function createTransferDestinations(db: Database, secrets: Secrets): TransferDestinations {
  async function get(tx: Database, orgId: string, id: string): Promise<Row> {
    const [row] = await tx.select().from(transferDestinations).where(owned(orgId, id)).for('update');
    if (!row) throw transferDestinationNotFound();
    return row;
  }

  /** The columns of a draft that makes sense. */
  async function columns(tx: Database, orgId: string, id: string, draft: DestinationDraft, pointer: string) {
    const { name, type, value, username, password } = await readDestination(tx, orgId, draft, pointer);
    const passwordSealed = password === null ? null : secrets.seal(password, passwordRecord(id));
    return { name, type, value, username, passwordSealed };
  }

  return {
    list: async (orgId) => {
      const rows = await db
        .select()
        .from(transferDestinations)
        .where(eq(transferDestinations.orgId, orgId))
        .orderBy(asc(transferDestinations.createdAt), asc(transferDestinations.id));
      return rows.map(withoutPassword);
    },

    get: async (orgId, id) => withoutPassword(await get(db, orgId, id)),

    create: async (orgId, draft, pointer = '') => {
      const id = randomUUID();
      const [row] = await db
        .insert(transferDestinations)
        .values({ id, orgId, ...(await columns(db, orgId, id, draft, pointer)) })
        .returning();
      if (!row) throw new Error('The destination was not returned by its insert.');
      return withoutPassword(row);
    },

    change: (orgId, id, changes) =>
      db.transaction(async (tx) => {
        const known = await get(tx, orgId, id);
        const type = changes.type ?? known.type;
        const keepsCredentials = type === 'sip' && changes.username === undefined && changes.password === undefined;
        const password = known.passwordSealed === null ? null : secrets.open(known.passwordSealed, passwordRecord(id));
        const draft: DestinationDraft = {
          name: changes.name ?? known.name,
          type,
          // A number makes no SIP URI, nor the other way round.
          value: changes.value ?? (type === known.type ? known.value : ''),
          username: keepsCredentials ? known.username : (changes.username ?? null),
          password: keepsCredentials ? password : (changes.password ?? null),
        };
        const [row] = await tx
          .update(transferDestinations)
          .set({ ...(await columns(tx, orgId, id, draft, '')), updatedAt: sql`now()` })
          .where(owned(orgId, id))
          .returning();
        if (!row) throw transferDestinationNotFound();
        return withoutPassword(row);
      }),

    remove: (orgId, id) =>
      db.transaction(async (tx) => {
        await get(tx, orgId, id);
        const users = await agentsWith(tx, orgId, id);
        if (users.length > 0) {
          throw new Refusal(
            'transfer_destination_in_use',
            `Agents use the destination: ${users.map((name) => `"${name}"`).join(', ')}. Remove it from them first with DELETE /phone/sip/agents/{id}/transfer-destinations/${id}; where it is the failover, with PATCH /phone/{id}.`,
          );
        }
        await tx.delete(transferDestinations).where(owned(orgId, id));
      }),
  };
}

export const transferDestinationNotFound = () =>
  new Refusal(
    'transfer_destination_not_found',
    'There is no transfer destination with this id. List them with GET /phone/sip/transfer-destinations.',
  );

/** Names of the agents that may transfer to it or fail over to it. */
async function agentsWith(db: Database, orgId: string, id: string): Promise<string[]> {
  const assigned = await db
    .select({ name: phoneAgents.name })
    .from(agentTransferDestinations)
    .innerJoin(phoneAgents, eq(phoneAgents.id, agentTransferDestinations.agentId))
    .where(and(eq(agentTransferDestinations.orgId, orgId), eq(agentTransferDestinations.destinationId, id)));
  const failover = await db
    .select({ name: phoneAgents.name })
    .from(phoneAgents)
    .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.failoverTransferDestinationId, id)));
  return [...new Set([...assigned, ...failover].map(({ name }) => name))].sort();
}

const owned = (orgId: string, id: string) =>
  and(eq(transferDestinations.orgId, orgId), eq(transferDestinations.id, id));

function withoutPassword({ passwordSealed: _, ...destination }: Row): TransferDestination {
  return destination;
}

/** What a sealed password is bound to: this column of this row. */
const passwordRecord = (id: string) => `transfer_destinations/${id}/password`;
