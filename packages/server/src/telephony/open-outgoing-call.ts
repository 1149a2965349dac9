import type { OpenedCall, OutgoingCallOpening } from '@dialplane/calls';
import { takeStreamTurn } from '../live/stream-turn.ts';
import type { Database } from '../store/database.ts';
import { callEvents, calls, sessions } from '../store/schema.ts';
import { eventRows } from './append-events.ts';

/** Stores the row of a call that we make, with its first events, in a session of its own: nobody converses in it. */
export async function openOutgoingCall(db: Database, opening: OutgoingCallOpening): Promise<OpenedCall> {
  const { orgId, trunkId, agentId, sipCallId, caller, called, startedAt, events } = opening;
  return db.transaction(async (tx) => {
    const [session] = await tx
      .insert(sessions)
      // Closed from the start: an inbox is for people who wait for an answer.
      .values({
        orgId,
        channelType: 'phone_voice',
        status: 'closed_resolved',
        closedAt: startedAt,
        lastEventAt: startedAt,
      })
      .returning({ id: sessions.id });
    if (!session) throw new Error('The store returned no row for a session.');
    const [call] = await tx
      .insert(calls)
      .values({
        orgId,
        sessionId: session.id,
        agentId,
        outboundTrunkId: trunkId,
        direction: 'outbound',
        state: 'ringing',
        sipCallId,
        caller,
        called,
        startedAt,
      })
      .returning({ id: calls.id });
    if (!call) throw new Error('The store returned no row for a new call.');
    const opened: OpenedCall = { id: call.id, orgId, sessionId: session.id, startedAt, history: [] };
    await takeStreamTurn(tx, orgId);
    await tx.insert(callEvents).values(eventRows(opened, events));
    return opened;
  });
}
