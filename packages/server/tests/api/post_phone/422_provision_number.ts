import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('without keys there is no agent either', async () => {
  const body = { name: 'Support', provision_number: { country: 'US', area_code: '202' } };
  const answer = await server.problem('POST', '/phone', { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'hosted_numbers_not_configured']);
  expect((await server.request('GET', '/phone')).body).toEqual([]);
});

test('a country in words', async () => {
  const body = { name: 'Support', provision_number: { country: 'Spain' } };
  const answer = await server.problem('POST', '/phone', { body });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, '/provision_number/country']);
});
