import { type NotedRefusal, normaliseNumber } from '@dialplane/calls';
import { and, desc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { inboundTrunks, organisations, phoneNumbers, sipRefusals } from '../store/schema.ts';

/** Texts of strangers are cut there: a header may be as long as a datagram. */
const textLength = 255;
/** Refusals older than this tell nothing about a trunk of today. */
const keepDays = 30;
/** Kept of each organisation, and of sources nobody knows: more say nothing new, and strangers make them at will. */
const keptOfEach = 10_000;

/** Whose a user name is, and the country its national numbers are read in. */
interface Owner {
  readonly orgId: string;
  readonly country: string;
}

/** Whose refusals: an organisation's id, or null for sources that nobody knows. */
export type RefusalOwner = string | null;

/**
 * Writes refusals in one statement; each belongs to the organisation of its trunk, its user name or its dialled number.
 * @returns whose they were.
 */
export async function storeRefusals(db: Database, refusals: readonly NotedRefusal[]): Promise<Set<RefusalOwner>> {
  const byUsername = await ownersOfUsernames(
    db,
    refusals.flatMap(({ trunk, username }) => (trunk || username === undefined ? [] : [username])),
  );
  const named = refusals.map((refusal) => {
    const { trunk, username } = refusal;
    const owner = trunk ?? (username === undefined ? undefined : byUsername.get(username));
    const country = owner?.country ?? 'US';
    return { refusal, owner, caller: numberIn(refusal.caller, country), called: numberIn(refusal.called, country) };
  });
  const byNumber = await ownersOfNumbers(
    db,
    named.flatMap(({ owner, called }) => (owner || called === null ? [] : [called])),
  );
  const rows = named.map(({ refusal, owner, caller, called }) => ({
    orgId: owner?.orgId ?? (called === null ? undefined : byNumber.get(called)) ?? null,
    at: refusal.at,
    source: refusal.source,
    transport: refusal.transport,
    method: refusal.method,
    sipCallId: storable(refusal.sipCallId),
    username: refusal.username === undefined ? null : storable(refusal.username),
    caller,
    called,
    status: refusal.status,
    code: refusal.code,
    reason: storable(refusal.reason),
    steps: refusal.steps.length > 0 ? refusal.steps.map((step) => ({ ...step, why: storable(step.why) })) : null,
  }));
  await db.insert(sipRefusals).values(rows);
  return new Set(rows.map(({ orgId }) => orgId));
}

/** Deletes what is too old, and of these owners what is too much. */
export async function pruneRefusals(db: Database, owners: ReadonlySet<RefusalOwner>): Promise<void> {
  await db.delete(sipRefusals).where(lt(sipRefusals.at, sql`now() - make_interval(days => ${keepDays})`));
  for (const owner of owners) {
    const theirs = owner === null ? isNull(sipRefusals.orgId) : eq(sipRefusals.orgId, owner);
    const [last] = await db
      .select({ at: sipRefusals.at })
      .from(sipRefusals)
      .where(theirs)
      .orderBy(desc(sipRefusals.at))
      .offset(keptOfEach)
      .limit(1);
    if (last) await db.delete(sipRefusals).where(and(theirs, lte(sipRefusals.at, last.at)));
  }
}

async function ownersOfUsernames(db: Database, usernames: readonly string[]): Promise<Map<string, Owner>> {
  const wanted = [...new Set(usernames)].filter((name) => !name.includes('\0'));
  if (wanted.length === 0) return new Map();
  const rows = await db
    .select({
      username: inboundTrunks.authUsername,
      orgId: inboundTrunks.orgId,
      country: sql<string>`coalesce(${inboundTrunks.country}, ${organisations.country})`,
    })
    .from(inboundTrunks)
    .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
    .where(inArray(inboundTrunks.authUsername, wanted));
  return new Map(rows.map(({ username, ...owner }) => [username, owner]));
}

async function ownersOfNumbers(db: Database, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .select({ number: phoneNumbers.phoneNumber, orgId: phoneNumbers.orgId })
    .from(phoneNumbers)
    // A number that is only claimed may be somebody else's, and so would be the calls to it.
    .where(and(inArray(phoneNumbers.phoneNumber, [...new Set(numbers)]), eq(phoneNumbers.state, 'verified')));
  return new Map(rows.map(({ number, orgId }) => [number, orgId]));
}

function numberIn(text: string | null, country: string): string | null {
  if (text === null) return null;
  const number = normaliseNumber(storable(text), country);
  return number.kind === 'withheld' ? null : number.value;
}

/** PostgreSQL keeps no NUL and, in JSON, no half of a character. */
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, textLength).toWellFormed();
}
