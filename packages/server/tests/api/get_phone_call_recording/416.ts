import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('bytes behind the end', async () => {
  const { callId, content } = await insertRecording(server);
  const headers = { range: `bytes=${content.length}-` };
  const answer = await server.problem('GET', `/phone/calls/${callId}/recording`, { headers });
  expect([answer.status, answer.body.code]).toEqual([416, 'range_not_satisfiable']);
  expect(answer.headers.get('content-range')).toBe(`bytes */${content.length}`);
});
