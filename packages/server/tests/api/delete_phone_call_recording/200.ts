import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertRecording } from '../../test-recordings.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('sound and waveform go, who deleted them and what they were stays', async () => {
  const { callId: id, path } = await insertRecording(server);
  const { status, body } = await server.request('DELETE', `/phone/calls/${id}/recording`);
  expect([status, body]).toEqual([200, { id, deleted: true }]);
  expect([existsSync(path), existsSync(path.replace('.wav', '.peaks'))]).toEqual([false, false]);
  const audit = await server.request('GET', `/audit-log?target_id=${id}`);
  expect(audit.body).toMatchObject({ items: [{ action: 'recording.delete', target_id: id }] });
  const call = await server.request('GET', `/phone/calls/${id}`);
  expect(call.body).toMatchObject({ recording: { state: 'deleted', sha256: 'ab'.repeat(32), deleted_by: 'api' } });
});

test('once only', async () => {
  const { callId } = await insertRecording(server);
  await server.request('DELETE', `/phone/calls/${callId}/recording`);
  const { status, body } = await server.problem('DELETE', `/phone/calls/${callId}/recording`);
  expect([status, body.code]).toEqual([404, 'recording_not_found']);
});
