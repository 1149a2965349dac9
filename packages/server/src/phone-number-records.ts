import { and, eq, lte, sql } from 'drizzle-orm';
import { Refusal } from './refusal.ts';
import type { Database } from './store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from './store/newest-first.ts';
import { inboundTrunks, phoneAgents, phoneNumbers } from './store/schema.ts';

export type PhoneNumber = typeof phoneNumbers.$inferSelect;
export const numberStates = ['pending', 'verified', 'failed', 'expired'] as const;
export type NumberState = (typeof numberStates)[number];
export const numberMethods = ['inbound_call', 'spoken_code', 'sms_code', 'operator'] as const;
export type NumberMethod = (typeof numberMethods)[number];

export interface NumberFilter {
  readonly state?: NumberState | undefined;
  readonly agentId?: string | undefined;
}

/**
 * Takes a number for an organisation.
 * @throws {Refusal} `phone_number_exists` or `phone_number_taken`.
 */
export async function reserveNumber(db: Database, number: typeof phoneNumbers.$inferInsert): Promise<PhoneNumber> {
  const [row] = await db
    .insert(phoneNumbers)
    .values(number)
    .onConflictDoNothing({ target: phoneNumbers.phoneNumber })
    .returning();
  if (row) return row;
  const [known] = await db.select().from(phoneNumbers).where(eq(phoneNumbers.phoneNumber, number.phoneNumber));
  if (known?.orgId === number.orgId) {
    throw new Refusal(
      'phone_number_exists',
      `The organisation already has ${number.phoneNumber} (${known.id}). Read it with GET /phone/numbers/${known.id}.`,
      [{ pointer: '/phone_number', code: 'phone_number_exists', detail: 'is there already' }],
    );
  }
  throw new Refusal(
    'phone_number_taken',
    'The number belongs to another organisation of this installation. Have it removed there first.',
    [{ pointer: '/phone_number', code: 'phone_number_taken', detail: 'belongs to another organisation' }],
  );
}

/** A page of the organisation's numbers, newest first. */
export async function listNumbers(
  db: Database,
  orgId: string,
  filter: NumberFilter,
  after: PageKey | null,
  limit: number,
  now: Date,
): Promise<Page<PhoneNumber>> {
  await expireProofs(db, orgId, now);
  const rows = await db
    .select()
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.orgId, orgId),
        filter.state && eq(phoneNumbers.state, filter.state),
        filter.agentId ? eq(phoneNumbers.agentId, filter.agentId) : undefined,
        behind(phoneNumbers, after),
      ),
    )
    .orderBy(...newestFirst(phoneNumbers))
    .limit(limit + 1);
  return pageOf(rows, limit);
}

/** @param id a UUID. */
export async function findNumber(db: Database, orgId: string, id: string, now: Date): Promise<PhoneNumber | undefined> {
  await expireProofs(db, orgId, now);
  const [row] = await db
    .select()
    .from(phoneNumbers)
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.id, id)));
  return row;
}

/** Removes a number, also from the trunk that lists it and the agent that is called by it. */
export async function deleteNumber(db: Database, { orgId, id, phoneNumber }: PhoneNumber): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(inboundTrunks)
      .set({ phoneNumbers: sql`array_remove(${inboundTrunks.phoneNumbers}, ${phoneNumber})`, updatedAt: sql`now()` })
      .where(and(eq(inboundTrunks.orgId, orgId), sql`${phoneNumber} = any(${inboundTrunks.phoneNumbers})`));
    await tx
      .update(phoneAgents)
      .set({ phoneNumber: null, updatedAt: sql`now()` })
      .where(and(eq(phoneAgents.orgId, orgId), eq(phoneAgents.phoneNumber, phoneNumber)));
    await tx.delete(phoneNumbers).where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.id, id)));
  });
}

/** Nothing watches the clock: a proof that ran out is noticed when somebody looks. */
async function expireProofs(db: Database, orgId: string, now: Date): Promise<void> {
  await db
    .update(phoneNumbers)
    .set({ state: 'expired', codeHash: null, updatedAt: now })
    .where(and(eq(phoneNumbers.orgId, orgId), eq(phoneNumbers.state, 'pending'), lte(phoneNumbers.expiresAt, now)));
}
