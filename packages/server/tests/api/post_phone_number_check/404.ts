import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a number of another organisation looks the same as none', async () => {
  const body = { phone_number: '+12025550100', method: 'inbound_call' };
  const { id } = (await server.request<NumberBody>('POST', '/phone/numbers', { body })).body;
  for (const unknown of [id, '00000000-0000-4000-8000-000000000000', '+12025550100']) {
    const path = `/phone/numbers/${encodeURIComponent(unknown)}/check`;
    const answer = await server.problem('POST', path, { key: server.other.key, body: { code: '123456' } });
    expect([answer.status, answer.body.code]).toEqual([404, 'phone_number_not_found']);
  }
  expect((await server.request('GET', `/phone/numbers/${id}`)).status).toBe(200);
});
