import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each(['0', '101', 'many'])('limit=%s', async (limit) => {
  const { status, body } = await server.problem('GET', `/phone/voices?limit=${limit}`);
  expect([status, body.code]).toEqual([422, 'validation_failed']);
});

test.each(['abc', cursorOf(['nobody']), cursorOf([]), cursorOf([1]), cursorOf({})])('cursor %s', async (cursor) => {
  const { status, body } = await server.problem('GET', `/phone/voices?cursor=${cursor}`);
  expect([status, body.code]).toEqual([422, 'cursor_invalid']);
});
