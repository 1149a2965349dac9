import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const path = '/phone/numbers';
const body = { phone_number: '+12025550100', method: 'operator' };

test('the second time, also in another form, names the first', async () => {
  const first = await server.request<NumberBody>('POST', path, { body });
  const again = await server.problem('POST', path, { body: { ...body, phone_number: '202-555-0100' } });
  expect([again.status, again.body.code]).toEqual([409, 'phone_number_exists']);
  expect(again.body.detail).toContain(first.body.id);
});

test('a number of another organisation, without telling of whom', async () => {
  const answer = await server.problem('POST', path, { key: server.other.key, body });
  expect([answer.status, answer.body.code]).toEqual([409, 'phone_number_taken']);
  expect(answer.body.detail).not.toContain('acme');
});

test('one of two organisations that ask at once gets it', async () => {
  const wanted = { ...body, phone_number: '+12025550177' };
  const answers = await Promise.all(
    [server.acme.key, server.other.key].map((key) => server.request('POST', path, { key, body: wanted })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});
