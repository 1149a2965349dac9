import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import type { NumberBody } from '../phone-number-body.ts';

interface PageBody {
  readonly items: readonly NumberBody[];
  readonly next: string | null;
}

let server: TestServer;
let agentId: string;
beforeAll(async () => {
  server = await startTestServer();
  const agent = await server.request<{ id: string }>('POST', '/phone', { body: { name: 'A' } });
  agentId = agent.body.id;
  const orgId = server.acme.id;
  const row = (n: number, state: NumberBody['state'] & typeof phoneNumbers.$inferInsert.state) => ({
    orgId,
    phoneNumber: `+1202555010${n}`,
    method: 'inbound_call' as const,
    state,
    createdAt: new Date(Date.UTC(2026, 0, n)),
  });
  await server.store.db
    .insert(phoneNumbers)
    .values([
      { ...row(1, 'verified'), agentId },
      { ...row(2, 'pending'), expiresAt: new Date(Date.now() + 60_000) },
      { ...row(3, 'pending'), expiresAt: new Date(Date.now() - 1) },
      row(4, 'failed'),
      { ...row(5, 'verified'), orgId: server.other.id },
    ]);
});
afterAll(() => server.stop());

const list = async (query = '') => (await server.request<PageBody>('GET', `/phone/numbers${query}`)).body;
const numbers = (page: PageBody) => page.items.map((item) => item.phone_number.slice(-1));

test('the organisation’s numbers, newest first, and proofs that ran out as expired', async () => {
  const page = await list();
  expect(page.items.map(({ phone_number, state }) => [phone_number.slice(-1), state])).toEqual([
    ['4', 'failed'],
    ['3', 'expired'],
    ['2', 'pending'],
    ['1', 'verified'],
  ]);
  expect(page.next).toBeNull();
  const [stored] = await server.store.db
    .select()
    .from(phoneNumbers)
    .where(eq(phoneNumbers.phoneNumber, '+12025550103'));
  expect(stored?.state).toBe('expired');
});

test.each([
  ['state=expired', ['3']],
  ['state=pending', ['2']],
  ['state=verified', ['1']],
])('only those with %s', async (query, expected) => {
  expect(numbers(await list(`?${query}`))).toEqual(expected);
});

test('only those of an agent', async () => {
  expect(numbers(await list(`?agent_id=${agentId}`))).toEqual(['1']);
});

test('page by page, each once', async () => {
  const first = await list('?limit=3');
  const second = await list(`?limit=3&cursor=${first.next}`);
  expect([...numbers(first), ...numbers(second)]).toEqual(['4', '3', '2', '1']);
  expect(second.next).toBeNull();
});
