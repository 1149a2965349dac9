import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalEventBus } from '../../src/live/event-bus.ts';
import { lastPosition, readStream } from '../../src/live/stream-entries.ts';
import { ensureOrganisation } from '../../src/organisations.ts';
import { setSessionStatus } from '../../src/session-changes.ts';
import { findSession } from '../../src/sessions.ts';
import { appendEvents } from '../../src/telephony/append-events.ts';
import { insertCall, insertSession } from '../test-calls.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

let database: TestStore;
beforeAll(async () => {
  database = await openTestStore();
});
afterAll(() => database.dispose());

const writers = 8;
const eventsEach = 12;

test('a reader that follows positions misses nothing of many writers at once, who never wait in a circle', async () => {
  const { db } = database.store;
  const bus = createLocalEventBus();
  const { id: orgId } = await ensureOrganisation(db, 'acme', 'Acme');
  const startedAt = new Date();
  const open = async () => {
    const sessionId = await insertSession(db, orgId);
    const session = await findSession(db, orgId, sessionId);
    if (!session) throw new Error('The session is gone.');
    const id = await insertCall(db, orgId, { sessionId, startedAt, events: [['ringing', 0, {}]] });
    return { session, call: { id, orgId, sessionId, startedAt, history: [] } };
  };
  // Before anybody reads: these are written past the order that is tested.
  const opened = await Promise.all(Array.from({ length: writers }, open));
  const write = async ({ session, call }: (typeof opened)[number]) => {
    // The session's row is wanted by the call's events and by those who close it, at the same time.
    for (let i = 0; i < eventsEach; i++) {
      await Promise.all([
        appendEvents(db, call, [
          { kind: 'answered', codec: 'PCMU', encrypted: { signalling: false, media: false }, seq: 1 + 2 * i, atMs: i },
          { kind: 'ringing', seq: 2 + 2 * i, atMs: i },
        ]),
        setSessionStatus({ db, bus }, session, i % 2 ? 'open' : 'closed_resolved'),
      ]);
    }
  };

  let writing = true;
  const seen: number[] = [];
  const follow = async () => {
    for (let after = 0; ; ) {
      const done = !writing;
      const entries = await readStream(db, { orgId }, after, 10);
      seen.push(...entries.map(({ position }) => position));
      after = entries.at(-1)?.position ?? after;
      if (done && entries.length === 0) return;
    }
  };
  const following = follow();
  await Promise.all(opened.map(write));
  writing = false;
  await following;

  const whole = await readStream(db, { orgId }, 0, 10_000);
  expect(whole).toHaveLength(writers * (1 + 3 * eventsEach));
  expect(seen).toEqual(whole.map(({ position }) => position));
  expect(await lastPosition(db, { orgId })).toBe(seen.at(-1));
});
