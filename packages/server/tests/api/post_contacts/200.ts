import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test("makes a contact with every field, and reads its number in the organisation's country", async () => {
  const contact = {
    email: 'ada@example.com',
    phone: '(202) 555-0123',
    name: 'Ada',
    custom_data: { plan: 'gold', nested: { seats: 3 } },
    non_verified_name: 'A. L.',
    non_verified_email: 'a@example.com',
    non_verified_custom_data: { said: 'yes' },
  };
  const { status, body } = await server.request('POST', '/contacts', { body: { contact } });
  expect(status).toBe(200);
  const { phone: _written, ...same } = contact;
  expect(body).toEqual({
    ...same,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    phone_number: '+12025550123',
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  });
});

test('needs nothing', async () => {
  expect((await server.request('POST', '/contacts', { body: { contact: {} } })).body).toMatchObject({
    email: null,
    phone_number: null,
    name: null,
    custom_data: null,
    non_verified_name: null,
    non_verified_email: null,
    non_verified_custom_data: null,
  });
});
