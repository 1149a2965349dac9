import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../../../src/api-keys.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/numbers';

test.each([
  [{ method: 'operator' }, '/phone_number', 'invalid_type'],
  [{ phone_number: '+12025550100' }, '/method', undefined],
  [{ phone_number: '+12025550100', method: 'letter' }, '/method', undefined],
  [{ phone_number: 'reception', method: 'operator' }, '/phone_number', 'phone_number_invalid'],
])('%j is not valid', async (body, pointer, code) => {
  const answer = await server.problem('POST', path, { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors[0]?.pointer).toBe(pointer);
  if (code) expect(answer.body.errors[0]?.code).toBe(code);
});

test('a spoken code needs an outbound trunk, and leaves nothing behind without one', async () => {
  const { status, body } = await server.problem('POST', path, {
    body: { phone_number: '+12025550100', method: 'spoken_code' },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_method_unavailable']);
  expect(body.detail).toBe(
    'A spoken code needs a call, and the organisation has no outbound trunk. Make one with POST /phone/sip/outbound-trunks, or use the method inbound_call or sms_code.',
  );
  expect((await server.request('GET', path)).body).toEqual({ items: [], next: null });
});

test('a code by SMS needs a hosted number, and leaves nothing behind without one', async () => {
  const { status, body } = await server.problem('POST', path, {
    body: { phone_number: '+12025550100', method: 'sms_code' },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_method_unavailable']);
  expect(body.detail).toContain('POST /phone/numbers/buy');
  expect((await server.request('GET', path)).body).toEqual({ items: [], next: null });
});

test('a key with some scopes cannot vouch for a number', async () => {
  const key = await server.scopedKey('phone:write');
  const { status, body } = await server.problem('POST', path, {
    key,
    body: { phone_number: '+12025550100', method: 'operator' },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_method_unavailable']);
});

test('where numbers must prove themselves, only the administrator of the installation vouches for one', async () => {
  const strict = await startTestServer({ NUMBER_VERIFICATION: 'required' });
  const body = { phone_number: '+12025550100', method: 'operator' };
  const refused = await strict.problem('POST', path, { body });
  expect([refused.status, refused.body.code]).toEqual([422, 'phone_number_method_unavailable']);
  const scopes = ['phone:write', 'instance:admin'];
  const admin = await createApiKey(strict.store.db, strict.acme.id, { name: 'admin', scopes });
  expect(await strict.request('POST', path, { key: admin, body })).toMatchObject({
    status: 200,
    body: { state: 'verified' },
  });
  await strict.stop();
});

test('where numbers must prove themselves, a trunk takes no unverified one', async () => {
  const strict = await startTestServer({ NUMBER_VERIFICATION: 'required' });
  const { status, body } = await strict.problem('POST', '/phone/sip/inbound-trunk', {
    body: { phone_numbers: ['+12025550100'] },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_unverified']);
  await strict.stop();
});
