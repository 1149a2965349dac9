import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeAgent } from '../agent-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each(['0', '101', 'many'])('limit=%s', async (limit) => {
  const { id } = await makeAgent(server);
  const { status, body } = await server.problem('GET', `/phone/${id}/versions?limit=${limit}`);
  expect([status, body.code]).toEqual([422, 'validation_failed']);
});

test.each(['abc', cursorOf(['1']), cursorOf([0]), cursorOf([1.5]), cursorOf([2 ** 31]), cursorOf([])])(
  'cursor %s',
  async (cursor) => {
    const { id } = await makeAgent(server);
    const { status, body } = await server.problem('GET', `/phone/${id}/versions?cursor=${cursor}`);
    expect([status, body.code]).toEqual([422, 'cursor_invalid']);
  },
);
