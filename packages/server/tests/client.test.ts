import { ApiError, type Client, createClient } from '@dialplane/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertSession } from './test-calls.ts';
import { closeSharedStore, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = createClient({ baseUrl: `http://127.0.0.1:${server.port}/`, apiKey: server.adminKey });
});
afterAll(async () => {
  await server.stop();
  await closeSharedStore();
});

test('calls operations by name, with bodies, paths and answers as they are documented', async () => {
  const made = await client.call('createPhoneAgent', { body: { name: 'Front desk', language: ['en', 'es'] } });
  expect(await client.call('getPhoneAgent', { path: { phone_agent_id: made.id } })).toEqual(made);
  expect(await client.call('listPhoneAgents', {})).toEqual([made]);
  expect(await client.call('deletePhoneAgent', { path: { phone_agent_id: made.id } })).toEqual({
    id: made.id,
    deleted: true,
  });
  expect(await client.call('getMetrics', {})).toMatch(/^# HELP dialplane_/m);
});

test('parts of a path are encoded', async () => {
  const call = client.call('getPhoneAgent', { path: { phone_agent_id: '../readyz?x=1#y' } });
  await expect(call).rejects.toMatchObject({ code: 'phone_agent_not_found' });
});

test('a problem is an error with its code, its fields and the id of the request', async () => {
  const error: unknown = await client
    .call('createPhoneAgent', { body: { name: '' } })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 422,
    code: 'validation_failed',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    errors: [expect.objectContaining({ pointer: '/name' })],
    retryAfterMs: null,
  });
});

test('reads a list to its end, page after page', async () => {
  for (const name of ['A', 'B', 'C', 'D', 'E']) {
    await client.call('createApiKey', { body: { name, scopes: ['phone:read'] } });
  }
  const names: string[] = [];
  for await (const key of client.items('listApiKeys', { query: { limit: 2 } })) names.push(key.name);
  expect(names.slice(0, 5)).toEqual(['E', 'D', 'C', 'B', 'A']);
});

test('follows the record of a call and goes on behind the last event it saw', async () => {
  const sessionId = await insertSession(server.store.db, server.acme.id);
  const call_id = await insertCall(server.store.db, server.acme.id, {
    sessionId,
    startedAt: new Date(),
    events: [
      ['invite_received', 0, {}],
      ['answered', 100, { codec: 'PCMU' }],
      ['ended', 900, { reason: 'caller_hung_up' }],
    ],
  });
  const follow = async (lastEventId?: string) => {
    const seen: string[] = [];
    const options = lastEventId === undefined ? {} : { lastEventId };
    for await (const { id, event } of client.events('streamCallEvents', { path: { call_id } }, options)) {
      seen.push(`${id} ${event}`);
    }
    return seen;
  };
  expect(await follow()).toEqual(['0 invite_received', '1 answered', '2 ended']);
  expect(await follow('0')).toEqual(['1 answered', '2 ended']);
});

test('a stream ends when its signal says so', async () => {
  const abort = new AbortController();
  const events = client.events('streamEvents', {}, { signal: abort.signal });
  const first = events.next();
  setTimeout(() => abort.abort(), 100);
  await expect(first).rejects.toThrow(/abort/i);
});
