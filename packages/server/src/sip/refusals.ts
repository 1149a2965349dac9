import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from '../store/newest-first.ts';
import { inboundTrunks, phoneNumbers, sipRefusals } from '../store/schema.ts';

/** What has to be done so that the dialled number reaches an agent. */
export interface MissingAssignment {
  readonly phoneNumber: string;
  /** For PUT /phone/sip/agents/{id}/inbound-numbers; null: the number has to be added first. */
  readonly phoneNumberId: string | null;
  /** Whether it is on the list of the inbound trunk. */
  readonly isOnTrunk: boolean;
}

export type SipRefusal = typeof sipRefusals.$inferSelect & {
  /** Null when an assignment would change nothing. */
  readonly missing: MissingAssignment | null;
};

/** Refusals that end when the number is given to an agent. */
const mendedByAssignment = new Set(['no_route', 'no_agent']);

/**
 * A page of refused INVITEs, newest first.
 * @param whose an organisation's own, or those of sources nobody knows.
 */
export async function listRefusals(
  db: Database,
  orgId: string,
  whose: 'own' | 'unknown',
  after: PageKey | null,
  limit: number,
): Promise<Page<SipRefusal & PageKey>> {
  const times = { createdAt: sipRefusals.at, id: sipRefusals.id };
  const rows = await db
    .select()
    .from(sipRefusals)
    .where(and(whose === 'own' ? eq(sipRefusals.orgId, orgId) : isNull(sipRefusals.orgId), behind(times, after)))
    .orderBy(...newestFirst(times))
    .limit(limit + 1);
  const missing = await missingAssignments(db, orgId, rows);
  return pageOf(
    rows.map((row) => ({ ...row, createdAt: row.at, missing: missing(row) })),
    limit,
  );
}

async function missingAssignments(
  db: Database,
  orgId: string,
  rows: readonly (typeof sipRefusals.$inferSelect)[],
): Promise<(row: typeof sipRefusals.$inferSelect) => MissingAssignment | null> {
  const dialled = rows.flatMap(({ code, called, orgId: owner }) =>
    owner === orgId && mendedByAssignment.has(code) && called?.startsWith('+') ? [called] : [],
  );
  if (dialled.length === 0) return () => null;
  const [numbers, [trunk]] = await Promise.all([
    db
      .select({ id: phoneNumbers.id, number: phoneNumbers.phoneNumber, orgId: phoneNumbers.orgId })
      .from(phoneNumbers)
      .where(inArray(phoneNumbers.phoneNumber, [...new Set(dialled)])),
    db.select({ listed: inboundTrunks.phoneNumbers }).from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId)),
  ]);
  const known = new Map(numbers.map((row) => [row.number, row]));
  return ({ code, called, orgId: owner }) => {
    if (owner !== orgId || !mendedByAssignment.has(code) || !called?.startsWith('+')) return null;
    const number = known.get(called);
    // Another organisation's number cannot be had, and is not told apart from one that nobody has.
    const isOwn = number?.orgId === orgId;
    return {
      phoneNumber: called,
      phoneNumberId: isOwn ? number.id : null,
      isOnTrunk: trunk?.listed.includes(called) ?? false,
    };
  };
}
