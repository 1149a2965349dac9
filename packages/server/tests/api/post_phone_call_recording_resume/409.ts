import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../../src/store/schema.ts';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a call that is over', async () => {
  const { callId } = await insertRecording(server);
  const { status, body } = await server.problem('POST', `/phone/calls/${callId}/recording/resume`);
  expect([status, body.code]).toEqual([409, 'call_ended']);
});

test('a call whose recording ended before it', async () => {
  const { callId } = await insertRecording(server, { state: 'lost' });
  await server.store.db.update(calls).set({ state: 'answered' }).where(eq(calls.id, callId));
  server.connectCalls({
    ...server.services.calls,
    find: () => ({
      hangUp: async () => {},
      pressDigits: () => 'pressed',
      say: () => 'accepted',
      pauseRecording: () => 'accepted',
      resumeRecording: () => 'accepted',
    }),
  });
  const { status, body } = await server.problem('POST', `/phone/calls/${callId}/recording/resume`);
  expect([status, body.code]).toEqual([409, 'recording_not_running']);
});
