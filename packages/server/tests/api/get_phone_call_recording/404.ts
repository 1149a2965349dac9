import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a call that is unknown', async () => {
  const { status, body } = await server.problem('GET', '/phone/calls/00000000-0000-4000-8000-000000000000/recording');
  expect([status, body.code]).toEqual([404, 'call_not_found']);
});

test.each(['deleted', 'lost'] as const)('a recording that is %s', async (state) => {
  const { callId } = await insertRecording(server, { state });
  const { status, body } = await server.problem('GET', `/phone/calls/${callId}/recording`);
  expect([status, body.code]).toEqual([404, 'recording_not_found']);
});

test('a recording whose file somebody took away', async () => {
  const { callId, path } = await insertRecording(server);
  rmSync(path);
  const { status, body } = await server.problem('GET', `/phone/calls/${callId}/recording`);
  expect([status, body.code]).toEqual([404, 'recording_not_found']);
});
