import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { appendEvents } from '../../../src/telephony/append-events.ts';
import { openStream } from '../../event-stream.ts';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
let sessionId: string;
let id: string;
const startedAt = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  server = await startTestServer();
  const { store, acme } = server;
  sessionId = await insertSession(store.db, acme.id);
  id = await insertCall(store.db, acme.id, {
    sessionId,
    startedAt,
    events: [
      ['invite_received', 0, { sipCallId: 'x', caller: '+12025550123' }],
      ['ringing', 8, {}],
      ['answered', 30, { codec: 'PCMU' }],
    ],
  });
  await store.db.update(calls).set({ state: 'answered' }).where(eq(calls.id, id));
});
afterAll(() => server.stop());

test('the record so far comes at once, what is stored later follows, and after a cut only what was missed', async () => {
  const { store, acme, services } = server;
  const path = `/phone/calls/${id}/events`;
  const first = await openStream(server, path);
  expect(first.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await first.event('answered');
  expect(first.events[0]).toEqual({
    id: '0',
    event: 'invite_received',
    data: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      seq: 0,
      at_ms: 0,
      occurred_at: '2026-11-20T10:00:00.000Z',
      kind: 'invite_received',
      sip_call_id: 'x',
      caller: '+12025550123',
    },
  });
  first.close();

  const call = { id, orgId: acme.id, sessionId, startedAt, history: [] };
  const append = async (...events: Parameters<typeof appendEvents>[2]) => {
    await appendEvents(store.db, call, events);
    services.bus.publish({ orgId: acme.id, sessionId, callId: id });
  };
  // While nobody listens.
  await append({ kind: 'speech_started', seq: 3, atMs: 400 });
  const second = await openStream(server, path, { lastEventId: '2' });
  await second.event('speech_started');
  // While somebody does.
  await append({ kind: 'digit', digit: '5', seq: 4, atMs: 500 });
  await second.event('digit');
  await append({
    kind: 'ended',
    reason: 'caller_hung_up',
    by: 'caller',
    class: 'theirs',
    sipCode: 200,
    q850Cause: 16,
    sentence: 'The caller hung up.',
    seq: 5,
    atMs: 600,
  });
  await second.ended;
  expect(second.events.map((event) => [event.id, event.event])).toEqual([
    ['3', 'speech_started'],
    ['4', 'digit'],
    ['5', 'ended'],
  ]);
});

test('a client that has everything of a call that is over is told to stop', async () => {
  expect((await openStream(server, `/phone/calls/${id}/events`, { lastEventId: '5' })).status).toBe(204);
  const whole = await openStream(server, `/phone/calls/${id}/events`);
  await whole.ended;
  expect(whole.events).toHaveLength(6);
});

test('a position that is none is refused', async () => {
  expect((await openStream(server, `/phone/calls/${id}/events`, { lastEventId: 'abc' })).status).toBe(422);
});
