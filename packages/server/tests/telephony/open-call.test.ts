import { randomUUID } from 'node:crypto';
import { endings } from '@dialplane/calls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureOrganisation } from '../../src/organisations.ts';
import { createSecrets } from '../../src/secrets.ts';
import { addSessionMessage } from '../../src/session-messages.ts';
import { phoneAgents } from '../../src/store/schema.ts';
import { appendEvents } from '../../src/telephony/append-events.ts';
import { openCall } from '../../src/telephony/open-call.ts';
import { createTrunk } from '../../src/trunks.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

let testStore: TestStore;
beforeAll(async () => {
  testStore = await openTestStore();
});
afterAll(() => testStore.dispose());

test('a call that continues a session knows what was said in calls and what was written since', async () => {
  const { db } = testStore.store;
  const { id: orgId } = await ensureOrganisation(db, 'acme', 'Acme');
  const trunk = await createTrunk(db, createSecrets('5e'.repeat(32)), orgId, { phoneNumbers: [], attested: false });
  const [agent] = await db.insert(phoneAgents).values({ orgId, name: 'A', type: 'inbound', model: 'm' }).returning();
  const call = (startedAt: Date) =>
    openCall(
      db,
      {
        orgId,
        trunkId: trunk.id,
        trunkKind: 'inbound',
        agentId: agent?.id ?? '',
        sipCallId: randomUUID(),
        caller: '+12025550199',
        callerIsNumber: true,
        callerName: null,
        called: '+12025550101',
        host: '127.0.0.1',
        startedAt,
        events: [{ kind: 'ringing', seq: 0, atMs: 0 }],
      },
      'global',
    );
  const first = await call(new Date(Date.now() - 60_000));
  expect(first.history).toEqual([]);
  await appendEvents(db, first, [
    {
      kind: 'transcript_final',
      text: 'Do you have rye bread?',
      confidence: 1,
      fromMs: 0,
      toMs: 900,
      recogniser: 'test',
      seq: 1,
      atMs: 1000,
    },
    { kind: 'ended', reason: 'caller_hung_up', ...endings.caller_hung_up, seq: 2, atMs: 2000 },
  ]);
  await db.transaction(async (tx) => {
    const session = { orgId, id: first.sessionId };
    await addSessionMessage(tx, session, { type: 'message', sender: 'ai', text: 'We do, every Friday.' });
    await addSessionMessage(tx, session, { type: 'human_agent_comment', sender: 'human_agent', text: 'A regular.' });
  });
  const second = await call(new Date());
  expect(second.sessionId).toBe(first.sessionId);
  expect(second.history).toEqual([
    { role: 'caller', text: 'Do you have rye bread?' },
    { role: 'agent', text: 'We do, every Friday.' },
  ]);
});
