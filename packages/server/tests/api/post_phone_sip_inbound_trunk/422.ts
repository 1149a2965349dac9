import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/sip/inbound-trunk';

test('texts that are no numbers are named', async () => {
  const { status, body } = await server.problem('POST', path, {
    body: { phone_numbers: ['+12025550100', 'alice', '100'] },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_invalid']);
  expect(body.errors.map((error) => error.pointer)).toEqual(['/phone_numbers/1', '/phone_numbers/2']);
});

test.each([
  [{ phone_numbers: '+12025550100' }, '/phone_numbers'],
  [{ krisp_enabled: 'on' }, '/krisp_enabled'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', path, { body });
  expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  expect(answer.body.errors[0]?.pointer).toBe(pointer);
});

test('a key without full access cannot vouch for numbers', async () => {
  const key = await server.scopedKey('sip:write');
  const { status, body } = await server.problem('POST', path, { key, body: { phone_numbers: ['+12025550100'] } });
  expect([status, body.code]).toEqual([422, 'phone_number_unverified']);
  expect(body.errors[0]?.pointer).toBe('/phone_numbers/0');
});
