import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/numbers/available';

test('without keys the variables are named', async () => {
  const { status, body } = await server.problem('GET', path);
  expect([status, body.code]).toEqual([422, 'hosted_numbers_not_configured']);
  expect(body.detail).toContain('TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TELNYX_API_KEY');
});

test.each([
  ['country=USA', '/country'],
  ['area_code=2O2', '/area_code'],
  ['provider=bell', '/provider'],
  ['limit=0', '/limit'],
])('%s', async (query, pointer) => {
  const { status, body } = await server.problem('GET', `${path}?${query}`);
  expect([status, body.errors[0]?.pointer]).toEqual([422, pointer]);
});
