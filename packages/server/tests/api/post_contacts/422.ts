import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{}, '/contact'],
  [{ contact: { email: 'ada' } }, '/contact/email'],
  [{ contact: { name: 5 } }, '/contact/name'],
  [{ contact: { custom_data: 'x' } }, '/contact/custom_data'],
  [{ contact: { phone: 'alice' } }, '/contact/phone'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', '/contacts', { body });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, pointer]);
});
