import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['recording', 'paused', 'saving'] as const)('a recording that is still %s', async (state) => {
  const { callId } = await insertRecording(server, { state });
  const { status, body } = await server.problem('DELETE', `/phone/calls/${callId}/recording`);
  expect([status, body.code]).toEqual([409, 'recording_in_progress']);
});
