import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { makeTrunk, trunkPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ krisp_enabled: 'on' }, '/krisp_enabled'],
  [{ region: 'mars' }, '/region'],
  [{ country: 'Germany' }, '/country'],
  [{ allowed_ips: ['192.0.2.0/33'] }, '/allowed_ips/0'],
  [{ allowed_ips: ['carrier.example'] }, '/allowed_ips/0'],
  [{ allowed_ips: ['192.0.2.1/24/1'] }, '/allowed_ips/0'],
  [{ digest_algorithms: [] }, '/digest_algorithms'],
  [{ digest_algorithms: ['SHA-1'] }, '/digest_algorithms/0'],
  [{ codecs: ['G729'] }, '/codecs/0'],
  [{ codecs: [] }, '/codecs'],
  [{ media_encryption: 'always' }, '/media_encryption'],
  [{ client_certificate: 'no certificate' }, '/client_certificate'],
  [{ client_certificate: '-----BEGIN PRIVATE KEY-----' }, '/client_certificate'],
  [{ calls_per_second: 0 }, '/calls_per_second'],
  [{ max_calls: 0 }, '/max_calls'],
  [{ max_calls: 1.5 }, '/max_calls'],
  [{ authentication: 'password' }, '/authentication'],
  [{ fallback: 'voicemail' }, '/fallback'],
  [{ no_agent_status: 404 }, '/no_agent_status'],
])('%j is not valid, in a change nor in a new trunk', async (body, pointer) => {
  for (const method of ['PATCH', 'POST']) {
    const answer = await server.problem(method, trunkPath, { body });
    expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
      422,
      'validation_failed',
      pointer,
    ]);
  }
});

test.each(['source', 'both'])('%s without any source would keep everybody out, and changes nothing', async (rule) => {
  await server.request('DELETE', trunkPath);
  const wrong = (method: string, body: unknown) => server.problem(method, trunkPath, { body });
  const refused = { status: 422, body: { code: 'validation_failed', errors: [{ pointer: '/authentication' }] } };
  expect(await wrong('POST', { authentication: rule })).toMatchObject(refused);
  const made = await makeTrunk(server, { authentication: rule, allowed_ips: ['192.0.2.7'] });
  expect(made).toMatchObject({ authentication: rule });
  expect(await wrong('PATCH', { allowed_ips: [] })).toMatchObject(refused);
  expect((await server.request('GET', trunkPath)).body).toEqual(made);
  const changed = await server.request('PATCH', trunkPath, { body: { allowed_ips: [], authentication: 'digest' } });
  expect(changed.body).toMatchObject({ allowed_ips: [], authentication: 'digest' });
});
