import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCall, insertContact, insertSession } from '../../test-calls.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

const page = async (query = '') => (await server.request<Page>('GET', `/phone/calls${query}`)).body;
const ids = ({ items }: Page) => items.map(({ id }) => id);

const made: string[] = [];
let sessionId: string;
let agentId: string;

beforeAll(async () => {
  const { store, acme, other } = server;
  agentId = (await server.request<{ id: string }>('POST', '/phone', { body: { name: 'Front desk' } })).body.id;
  const contactId = await insertContact(store.db, acme.id, '+12025550123');
  sessionId = await insertSession(store.db, acme.id, { contactId });
  const elsewhere = await insertSession(store.db, acme.id);
  const calls = [
    { sessionId, startedAt: new Date('2026-11-01T10:00:00Z'), agentId },
    { sessionId: elsewhere, startedAt: new Date('2026-11-02T10:00:00Z'), caller: null },
    { sessionId, startedAt: new Date('2026-11-03T10:00:00Z'), caller: '+442079460000' },
  ];
  for (const call of calls) made.push(await insertCall(store.db, acme.id, { ...call, events: [['ringing', 5, {}]] }));
  // A neighbour's call must never show.
  await insertCall(store.db, other.id, {
    sessionId: await insertSession(store.db, other.id),
    startedAt: new Date('2026-11-04T10:00:00Z'),
    events: [['ringing', 5, {}]],
  });
});

test('lists own calls, newest first', async () => {
  const all = await page();
  expect(ids(all)).toEqual(made.toReversed());
  expect(all.next).toBeNull();
});

test.each([
  ['session_id', () => `session_id=${sessionId}`, [2, 0]],
  ['agent_id', () => `agent_id=${agentId}`, [0]],
  ['state', () => 'state=ended', [2, 1, 0]],
  ['another state', () => 'state=ringing', []],
  ['direction', () => 'direction=outbound', []],
  ['caller, national form', () => 'caller=(202)%20555-0123', [0]],
  ['caller, E.164', () => 'caller=%2B442079460000', [2]],
  ['caller, withheld', () => 'caller=anonymous', [1]],
  ['created_after, itself included', () => 'created_after=2026-11-02T10:00:00Z', [2, 1]],
  ['created_before, itself excluded', () => 'created_before=2026-11-02T10:00:00Z', [0]],
])('filters by %s', async (_name, query, expected) => {
  expect(ids(await page(`?${query()}`))).toEqual(expected.map((i) => made[i]));
});

test.each([1, 2])('pages of %i give every call once', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const one: Page = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    seen.push(...ids(one));
    cursor = one.next;
  }
  expect(seen).toEqual(made.toReversed());
});
