import type { CallOpening, OpenedCall } from '@dialplane/calls';
import { and, desc, eq, gt, ne, notExists, sql } from 'drizzle-orm';
import { recentTurns } from '../history.ts';
import { takeStreamTurn } from '../live/stream-turn.ts';
import { noteInboundCall } from '../number-verification/verification.ts';
import type { SipRegion } from '../public-address.ts';
import type { Database } from '../store/database.ts';
import { callEvents, calls, contacts, organisations, sessions } from '../store/schema.ts';
import { eventRows } from './append-events.ts';

/** Turns of earlier calls and of chats given to the model: enough to know what was talked about, little enough to stay fast. */
const historyTurns = 20;

/**
 * Stores the call row with its first events. The newest open session of the caller's number inside the window continues,
 * unless another call is going on in it; withheld callers and extensions get a session of their own (contract: sessions).
 */
export async function openCall(db: Database, opening: CallOpening, region: SipRegion): Promise<OpenedCall> {
  return db.transaction(async (tx) => {
    const number = opening.callerIsNumber ? opening.caller : null;
    const contactId = number === null ? null : await touchContact(tx, opening.orgId, number);
    const continued = number === null ? undefined : await findSession(tx, opening, number);
    const sessionId = continued ?? (await createSession(tx, opening, contactId, number));
    const [call] = await tx
      .insert(calls)
      .values({
        orgId: opening.orgId,
        sessionId,
        agentId: opening.agentId,
        ...(opening.trunkKind === 'inbound' ? { trunkId: opening.trunkId } : { outboundTrunkId: opening.trunkId }),
        direction: 'inbound',
        state: 'ringing',
        sipCallId: opening.sipCallId,
        caller: opening.caller,
        called: opening.called,
        region,
        startedAt: opening.startedAt,
      })
      .returning({ id: calls.id });
    if (!call) throw new Error('The store returned no row for a new call.');
    const opened: OpenedCall = {
      id: call.id,
      orgId: opening.orgId,
      sessionId,
      startedAt: opening.startedAt,
      history: continued ? await recentTurns(tx, { orgId: opening.orgId, id: sessionId }, historyTurns) : [],
    };
    await takeStreamTurn(tx, opening.orgId);
    await tx.insert(callEvents).values(eventRows(opened, opening.events));
    await noteInboundCall(tx, opening.orgId, opening.called, opening.startedAt);
    return opened;
  });
}

/** Creates or finds the contact; the row lock makes two calls at once from one number take turns. */
async function touchContact(tx: Database, orgId: string, phoneNumber: string): Promise<string> {
  const [contact] = await tx
    .insert(contacts)
    .values({ orgId, phoneNumber })
    .onConflictDoUpdate({ target: [contacts.orgId, contacts.phoneNumber], set: { updatedAt: sql`now()` } })
    .returning({ id: contacts.id });
  if (!contact) throw new Error('The store returned no row for a contact.');
  return contact.id;
}

async function findSession(tx: Database, opening: CallOpening, number: string): Promise<string | undefined> {
  const live = tx
    .select({ one: sql`1` })
    .from(calls)
    .where(and(eq(calls.sessionId, sessions.id), ne(calls.state, 'ended')));
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(organisations, eq(organisations.id, sessions.orgId))
    .where(
      and(
        eq(sessions.orgId, opening.orgId),
        eq(sessions.channelType, 'phone_voice'),
        eq(sessions.callerNumber, number),
        eq(sessions.status, 'open'),
        gt(
          sessions.lastEventAt,
          sql`${opening.startedAt.toISOString()}::timestamptz - make_interval(mins => ${organisations.sessionWindowMinutes})`,
        ),
        notExists(live),
      ),
    )
    .orderBy(desc(sessions.lastEventAt))
    .limit(1);
  return session?.id;
}

async function createSession(
  tx: Database,
  opening: CallOpening,
  contactId: string | null,
  callerNumber: string | null,
): Promise<string> {
  const [session] = await tx
    .insert(sessions)
    .values({
      orgId: opening.orgId,
      channelType: 'phone_voice',
      contactId,
      callerNumber,
      lastEventAt: opening.startedAt,
    })
    .returning({ id: sessions.id });
  if (!session) throw new Error('The store returned no row for a session.');
  return session.id;
}
