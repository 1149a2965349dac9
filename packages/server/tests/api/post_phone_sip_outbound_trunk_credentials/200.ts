import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeOutboundTrunk, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('replaces both, takes both away, and tells neither password', async () => {
  const made = await makeOutboundTrunk(server);
  const path = `${outboundPath}/${made.id}`;
  const body = { username: 'second', password: 'hunter2' };
  const answer = await server.request('POST', `${path}/credentials`, { body });
  expect([answer.status, answer.body]).toEqual([200, { ...made, updated_at: expect.any(String) }]);
  const details = await server.request('GET', path);
  expect(details.body).toMatchObject({ username: 'second' });
  expect(JSON.stringify(details.body)).not.toContain('hunter2');
  await server.request('POST', `${path}/credentials`, { body: { username: null, password: null } });
  expect((await server.request('GET', path)).body).toMatchObject({ username: null });
});
