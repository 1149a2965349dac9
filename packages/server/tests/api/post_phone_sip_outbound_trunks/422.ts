import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { carrier, outboundPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ name: '' }, '/name'],
  [{ host: '' }, '/host'],
  [{ host: 'sip:carrier.example' }, '/host'],
  [{ host: 'carrier example' }, '/host'],
  [{ port: 0 }, '/port'],
  [{ port: 65_536 }, '/port'],
  [{ port: '5060' }, '/port'],
  [{ transport: 'ws' }, '/transport'],
  [{ username: 'user', password: null }, '/password'],
  [{ username: null, password: 'pass' }, '/username'],
  [{ number_policy: 'prefix:' }, '/number_policy'],
  [{ number_policy: 'prefix:abc' }, '/number_policy'],
  [{ transfer_mode: 'warm' }, '/transfer_mode'],
  [{ allowed_countries: ['usa'] }, '/allowed_countries/0'],
  [{ register: 'yes' }, '/register'],
  [{ from_domain: 'a b' }, '/from_domain'],
  [{ preset: 'nobody' }, '/preset'],
  [{ codecs: ['OPUS'] }, '/codecs/0'],
  [{ authority_certificates: 'no certificate' }, '/authority_certificates'],
  [{ authority_certificates: '-----BEGIN PRIVATE KEY-----' }, '/authority_certificates'],
  [{ max_calls: -1 }, '/max_calls'],
])('%j is not valid', async (fields, pointer) => {
  const answer = await server.problem('POST', outboundPath, { body: { ...carrier, ...fields } });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});

test.each(['name', 'host', 'caller_number'])('%s is required', async (field) => {
  const answer = await server.problem('POST', outboundPath, { body: { ...carrier, [field]: undefined } });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, `/${field}`]);
});

test('a caller number that is none', async () => {
  const answer = await server.problem('POST', outboundPath, { body: { ...carrier, caller_number: 'alice' } });
  expect([answer.status, answer.body.code]).toEqual([422, 'phone_number_invalid']);
  expect(answer.body.errors[0]?.pointer).toBe('/caller_number');
});
