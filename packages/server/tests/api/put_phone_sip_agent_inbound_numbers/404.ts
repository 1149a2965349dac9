import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';
import { noId, numbersPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each(['other', 'none', 'no uuid'])('%s', async (whose) => {
  const foreign = await makeAgent(server, {}, server.other.key);
  const id = { other: foreign.id, none: noId, 'no uuid': 'agent' }[whose] ?? '';
  const { status, body } = await server.problem('PUT', numbersPath(id), { body: { phone_number_ids: [] } });
  expect([status, body.code]).toEqual([404, 'phone_agent_not_found']);
});
