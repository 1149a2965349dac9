import { normaliseNumber } from '@dialplane/calls';
import { and, desc, eq, getTableColumns, gte, inArray, isNull, lt, type SQL } from 'drizzle-orm';
import { countryOf } from '../organisations.ts';
import type { Recording } from '../recordings/recording-rows.ts';
import type { Database } from '../store/database.ts';
import { behind, newestFirst, type Page, type PageKey, pageOf } from '../store/newest-first.ts';
import { callEvents, calls, recordings, sessions } from '../store/schema.ts';

export const callStates = ['ringing', 'answered', 'ended'] as const;
export const callDirections = ['inbound', 'outbound'] as const;

type CallRow = typeof calls.$inferSelect;
type EventData = Readonly<Record<string, unknown>>;

/** A call with what its record says about its media and its way to the agent. */
export interface Call extends CallRow {
  readonly contactId: string | null;
  /** Null when it was not recorded. */
  readonly recording: Recording | null;
  /** Particulars of the events of these kinds, where the call has come that far. */
  readonly routed: EventData | undefined;
  readonly answered: EventData | undefined;
  readonly mediaVerdict: EventData | undefined;
  /** With `atMs`. */
  readonly quality: EventData | undefined;
  readonly ended: EventData | undefined;
}

export interface CallFilter {
  readonly sessionId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly state?: CallRow['state'] | undefined;
  readonly direction?: CallRow['direction'] | undefined;
  /** In any written form, an extension, or `anonymous` for withheld. */
  readonly caller?: string | undefined;
  /** `after` includes the moment itself and `before` does not, so that neighbouring windows miss and repeat nothing. */
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}

/** Calls are listed by the moment they came in. */
const listed = { createdAt: calls.startedAt, id: calls.id };

/** A page of the organisation's calls, newest first. */
export async function listCalls(
  db: Database,
  orgId: string,
  filter: CallFilter,
  after: PageKey | null,
  limit: number,
): Promise<Page<Call>> {
  const rows = await selectCalls(db)
    .where(and(eq(calls.orgId, orgId), ...conditions(filter), await isFrom(db, orgId, filter), behind(listed, after)))
    .orderBy(...newestFirst(listed))
    // One more tells whether there is a next page.
    .limit(limit + 1);
  const page = pageOf(
    rows.map((row) => ({ ...row, createdAt: row.startedAt })),
    limit,
  );
  return { items: await withEvents(db, page.items), next: page.next };
}

/** @param id a UUID. */
export async function findCall(db: Database, orgId: string, id: string): Promise<Call | undefined> {
  const rows = await selectCalls(db).where(and(eq(calls.orgId, orgId), eq(calls.id, id)));
  const [call] = await withEvents(db, rows);
  return call;
}

function selectCalls(db: Database) {
  return db
    .select({ ...getTableColumns(calls), contactId: sessions.contactId, recording: recordings })
    .from(calls)
    .innerJoin(sessions, eq(sessions.id, calls.sessionId))
    .leftJoin(recordings, eq(recordings.callId, calls.id));
}

async function withEvents(
  db: Database,
  rows: readonly (CallRow & Pick<Call, 'contactId' | 'recording'>)[],
): Promise<Call[]> {
  const ids = rows.map(({ id }) => id);
  const events =
    ids.length === 0
      ? []
      : await db
          .select({ callId: callEvents.callId, kind: callEvents.kind, data: callEvents.data })
          .from(callEvents)
          .where(
            and(
              inArray(callEvents.callId, ids),
              inArray(callEvents.kind, ['routed', 'answered', 'codec_changed', 'media_verdict', 'ended']),
            ),
          )
          .orderBy(callEvents.seq);
  const latest = await latestQuality(db, ids);
  return rows.map((row) => {
    const last = (...kinds: string[]) =>
      events.findLast(({ callId, kind }) => callId === row.id && kinds.includes(kind))?.data;
    return {
      ...row,
      routed: last('routed'),
      answered: last('answered', 'codec_changed'),
      mediaVerdict: last('media_verdict'),
      quality: latest.get(row.id),
      ended: last('ended'),
    };
  });
}

/** There is one every five seconds of each call, of which only the last says how it is. */
async function latestQuality(db: Database, ids: readonly string[]): Promise<Map<string, EventData>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectDistinctOn([callEvents.callId], {
      callId: callEvents.callId,
      atMs: callEvents.atMs,
      data: callEvents.data,
    })
    .from(callEvents)
    .where(and(inArray(callEvents.callId, [...ids]), eq(callEvents.kind, 'quality')))
    .orderBy(callEvents.callId, desc(callEvents.seq));
  return new Map(rows.map(({ callId, atMs, data }) => [callId, { ...data, atMs }]));
}

function conditions(filter: CallFilter): SQL[] {
  const { sessionId, agentId, state, direction, createdAfter, createdBefore } = filter;
  const wanted: SQL[] = [];
  if (sessionId !== undefined) wanted.push(eq(calls.sessionId, sessionId));
  if (agentId !== undefined) wanted.push(eq(calls.agentId, agentId));
  if (state) wanted.push(eq(calls.state, state));
  if (direction) wanted.push(eq(calls.direction, direction));
  if (createdAfter) wanted.push(gte(calls.startedAt, createdAfter));
  if (createdBefore) wanted.push(lt(calls.startedAt, createdBefore));
  return wanted;
}

async function isFrom(db: Database, orgId: string, { caller }: CallFilter): Promise<SQL | undefined> {
  if (caller === undefined) return undefined;
  const read = normaliseNumber(caller, await countryOf(db, orgId));
  return read.kind === 'withheld' ? isNull(calls.caller) : eq(calls.caller, read.value);
}
