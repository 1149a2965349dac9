import { randomUUID } from 'node:crypto';
import type { Database } from '../src/store/database.ts';
import { callEvents, calls, contacts, sessions } from '../src/store/schema.ts';

export async function insertContact(db: Database, orgId: string, phoneNumber: string, name: string | null = null) {
  const id = randomUUID();
  await db.insert(contacts).values({ id, orgId, phoneNumber, name });
  return id;
}

export async function insertSession(
  db: Database,
  orgId: string,
  session: Partial<typeof sessions.$inferInsert> = {},
): Promise<string> {
  const id = session.id ?? randomUUID();
  await db.insert(sessions).values({ channelType: 'phone_voice', ...session, id, orgId });
  return id;
}

export interface TestCall {
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly agentId?: string;
  readonly caller?: string | null;
  /** Kind, milliseconds since the start, data. */
  readonly events: readonly (readonly [string, number, Record<string, unknown>])[];
}

/** A call with its record, as telephony writes it. */
export async function insertCall(db: Database, orgId: string, call: TestCall): Promise<string> {
  const id = randomUUID();
  const { sessionId, startedAt, agentId, caller = '+12025550123', events } = call;
  await db.insert(calls).values({
    id,
    orgId,
    sessionId,
    startedAt,
    agentId,
    caller,
    called: '+12025550100',
    direction: 'inbound',
    state: 'ended',
    sipCallId: randomUUID(),
  });
  await db.insert(callEvents).values(
    events.map(([kind, atMs, data], seq) => ({
      callId: id,
      orgId,
      sessionId,
      seq,
      atMs,
      occurredAt: new Date(startedAt.getTime() + atMs),
      kind,
      data,
    })),
  );
  return id;
}
