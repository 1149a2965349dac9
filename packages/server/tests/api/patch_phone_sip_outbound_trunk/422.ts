import { makeSelfSignedCertificate } from '@dialplane/sip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { certificate } from '../sip-certificate.ts';
import { makeOutboundTrunk, noId, outboundPath } from '../sip-requests.ts';

const otherKey = makeSelfSignedCertificate({ names: ['a'], validFromMs: 0, validDays: 1 }).privateKeyPem;

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
  [{ codecs: ['OPUS'] }, '/codecs/0'],
  [{ max_calls: -1 }, '/max_calls'],
  [{ client_certificate: certificate }, '/client_key'],
  [{ client_certificate: certificate, client_key: otherKey }, '/client_key'],
  [{ client_key: otherKey }, '/client_key'],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('PATCH', `${outboundPath}/${noId}`, { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});

test('a policy that the caller number does not go with', async () => {
  const { id } = await makeOutboundTrunk(server, { caller_number: '100', number_policy: 'extension' });
  const answer = await server.problem('PATCH', `${outboundPath}/${id}`, { body: { number_policy: 'e164' } });
  expect([answer.status, answer.body.code]).toEqual([422, 'phone_number_invalid']);
});
