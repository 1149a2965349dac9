import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transferDestinations } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ name: 'Support Team', type: 'phone', value: '+15559999999' }, '+15559999999'],
  [{ name: 'Support Team', type: 'phone', value: '(202) 555-0100' }, '+12025550100'],
  [{ name: 'Sales Dept', type: 'sip', value: ' sip:sales@pbx.example.com ' }, 'sip:sales@pbx.example.com'],
  [{ name: 'Sales Dept', type: 'sip', value: 'sips:sales@[2001:db8::1]:5061;transport=tcp' }, null],
  [{ name: 'Hang up', type: 'hangup' }, ''],
  [{ name: 'Hang up', type: 'hangup', value: 'whatever' }, ''],
])('%j', async (body, value) => {
  const answer = await server.request('POST', destinationPath, { body });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: body.name,
    type: body.type,
    value: value ?? body.value,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  });
});

test('credentials of a SIP destination are sealed and never told', async () => {
  const sip = { name: 'PBX', type: 'sip', value: 'sip:sales@pbx.example.com', username: 'trunk', password: 'hunter2' };
  const { body } = await server.request<{ id: string }>('POST', destinationPath, { body: sip });
  const [row] = await server.store.db.select().from(transferDestinations).where(eq(transferDestinations.id, body.id));
  expect(row).toMatchObject({ username: 'trunk', passwordSealed: expect.stringMatching(/^v1\./) });
  expect(JSON.stringify([row, body])).not.toContain('hunter2');
});
