import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { insertCall, insertContact, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const qualityOf = (changed: object) => ({
  sent: 250,
  received: 247,
  lost: 0,
  lossPercent: 1.2,
  jitterMs: 2,
  theirLossPercent: 0.4,
  theirJitterMs: 3.1,
  roundTripMs: 42,
  ...changed,
});

test('a call reads its state, times, ending, codec, media and routing out of its record', async () => {
  const { store, acme } = server;
  const contactId = await insertContact(store.db, acme.id, '+12025550123');
  const sessionId = await insertSession(store.db, acme.id, { contactId });
  const steps = [{ rule: 'assigned_number', outcome: 'matched', why: 'The number is assigned to Front desk.' }];
  const id = await insertCall(store.db, acme.id, {
    sessionId,
    startedAt: new Date('2026-11-20T10:00:00Z'),
    events: [
      ['routed', 3, { agentId: 'x', agentName: 'Front desk', steps }],
      ['answered', 40, { codec: 'PCMA' }],
      ['quality', 4000, qualityOf({ lost: 99 })],
      ['quality', 9000, qualityOf({ lost: 3 })],
      [
        'media_verdict',
        9990,
        {
          verdict: 'both_ways',
          sentence: 'Fine.',
          sent: 500,
          received: 498,
          lost: 2,
          jitterMs: 1.5,
          local: { address: '198.51.100.7', port: 20_010 },
          remote: { address: '10.0.0.5', port: 40_000 },
          target: { address: '203.0.113.9', port: 40_000 },
        },
      ],
      ['ended', 10_040, { reason: 'caller_hung_up' }],
    ],
  });
  const ended = { answeredAtMs: 40, endedAtMs: 10_040, ending: 'caller_hung_up', endedBy: 'caller', sipCode: 200 };
  await store.db.update(calls).set(ended).where(eq(calls.id, id));
  const { status, body } = await server.request('GET', `/phone/calls/${id}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    id,
    session_id: sessionId,
    agent_id: null,
    trunk_id: null,
    contact_id: contactId,
    direction: 'inbound',
    state: 'ended',
    caller: '+12025550123',
    called: '+12025550100',
    region: 'global',
    sip_call_id: expect.any(String),
    created_at: '2026-11-20T10:00:00.000Z',
    answered_at: '2026-11-20T10:00:00.040Z',
    ended_at: '2026-11-20T10:00:10.040Z',
    ring_ms: 40,
    talk_ms: 10_000,
    codec: 'PCMA',
    ending: {
      reason: 'caller_hung_up',
      by: 'caller',
      class: 'theirs',
      sip_code: 200,
      q850_cause: 16,
      sentence: 'The caller hung up.',
      page: '/docs/endings#caller_hung_up',
    },
    media: {
      verdict: 'both_ways',
      sentence: 'Fine.',
      sent: 500,
      received: 498,
      lost: 2,
      jitter_ms: 1.5,
      local: { address: '198.51.100.7', port: 20_010 },
      remote: { address: '10.0.0.5', port: 40_000 },
      target: { address: '203.0.113.9', port: 40_000 },
    },
    quality: {
      at_ms: 9000,
      sent: 250,
      received: 247,
      lost: 3,
      loss_percent: 1.2,
      jitter_ms: 2,
      their_loss_percent: 0.4,
      their_jitter_ms: 3.1,
      round_trip_ms: 42,
    },
    recording: null,
    routing: steps,
  });
});

test('a call that rings has no ending, codec or media yet', async () => {
  const { store, acme } = server;
  const sessionId = await insertSession(store.db, acme.id);
  const id = await insertCall(store.db, acme.id, {
    sessionId,
    startedAt: new Date(),
    events: [['invite_received', 0, {}]],
  });
  await store.db.update(calls).set({ state: 'ringing' }).where(eq(calls.id, id));
  expect((await server.request('GET', `/phone/calls/${id}`)).body).toMatchObject({
    state: 'ringing',
    answered_at: null,
    ended_at: null,
    ring_ms: null,
    talk_ms: null,
    codec: null,
    ending: null,
    media: null,
    quality: null,
    recording: null,
    routing: [],
  });
});
