import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStream } from '../../event-stream.ts';
import { insertCall, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('an organisation sees its own sessions and the steps of its calls, and nothing of others', async () => {
  const { store, acme, other, services } = server;
  const own = await openStream(server, '/events', { lastEventId: '0' });
  const foreign = await openStream(server, '/events', { lastEventId: '0', key: other.key });
  const sessionId = await insertSession(store.db, acme.id);
  const callId = await insertCall(store.db, acme.id, {
    sessionId,
    startedAt: new Date(),
    events: [
      ['invite_received', 0, {}],
      ['transcript_partial', 1000, { text: 'when are' }],
      ['answered', 30, { codec: 'PCMU' }],
    ],
  });
  services.bus.publish({ orgId: acme.id, sessionId, callId });
  await own.event('answered');
  await server.request('POST', `/chat/sessions/${sessionId}/notes`, { body: { text: 'A note.' } });
  await own.event('human_agent_comment');
  expect(own.events.map(({ event, data }) => [event, data.session_id, data.call_id])).toEqual([
    ['invite_received', sessionId, callId],
    ['answered', sessionId, callId],
    ['human_agent_comment', sessionId, null],
  ]);
  expect(foreign.events).toEqual([]);
  own.close();
  foreign.close();
});

test('a server that stops ends its streams at once', async () => {
  const alone = await startTestServer({}, 'alone');
  const stream = await openStream(alone, '/events');
  const startedMs = performance.now();
  await alone.stop();
  await stream.ended;
  // The HTTP server cuts what is still open after 5 s.
  expect(performance.now() - startedMs).toBeLessThan(4000);
});
