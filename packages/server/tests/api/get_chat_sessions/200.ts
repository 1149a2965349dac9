import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertContact, insertSession } from '../../test-calls.ts';
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

const day = (n: number) => new Date(Date.UTC(2026, 10, n));
const ids = (page: Page) => page.items.map((item) => item.id);
const list = async (query = '') => (await server.request<Page>('GET', `/chat/sessions${query}`)).body;

/** Oldest first; the list is newest first. */
let made: string[];
beforeAll(async () => {
  const { store, acme, other } = server;
  const contactId = await insertContact(store.db, acme.id, '+12025550123', 'Ada');
  made = [
    await insertSession(store.db, acme.id, {
      createdAt: day(1),
      updatedAt: day(5),
      contactId,
      handedOff: true,
      handoffSummary: 'wants a person',
    }),
    await insertSession(store.db, acme.id, { createdAt: day(2), updatedAt: day(2), status: 'closed_resolved' }),
    await insertSession(store.db, acme.id, { createdAt: day(3), updatedAt: day(3), channelType: 'web' }),
    // The same moment: the order must still be one.
    ...(
      await Promise.all([1, 2, 3].map(() => insertSession(store.db, acme.id, { createdAt: day(4), updatedAt: day(4) })))
    ).sort(),
  ];
  await insertSession(store.db, other.id, { createdAt: day(3), updatedAt: day(3) });
});

test('lists own sessions, newest first, with every documented field', async () => {
  const page = await list();
  expect(ids(page)).toEqual(made.toReversed());
  expect(page.next).toBeNull();
  expect(page.items.at(-1)).toEqual({
    id: made[0],
    status: 'open',
    ai_closure_type: null,
    sentiment: null,
    channel: { type: 'phone_voice' },
    ticket_number: expect.any(Number),
    assist_mode: false,
    created_at: '2026-11-01T00:00:00.000Z',
    updated_at: '2026-11-05T00:00:00.000Z',
    contact: {
      id: expect.any(String),
      email: null,
      phone_number: '+12025550123',
      name: 'Ada',
      custom_data: null,
      non_verified_name: null,
      non_verified_email: null,
      non_verified_custom_data: null,
    },
    language: null,
    assignee_id: null,
    custom_data: null,
    tags: [],
    team: null,
    handoff: { summary: 'wants a person', sentiment: null },
    ticketing_system: null,
    summary: null,
  });
});

test.each([1, 2, 3, 5])('pages of %i give every session once', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`?limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...ids(page));
    cursor = page.next;
  }
  expect(seen).toEqual(made.toReversed());
});

test('a session that begins meanwhile does not move the next page', async () => {
  const first = await list('?limit=2');
  const late = await insertSession(server.store.db, server.acme.id, { createdAt: day(20), channelType: 'sms' });
  const second = await list(`?limit=2&cursor=${first.next}`);
  expect([...ids(first), ...ids(second)]).toEqual(made.toReversed().slice(0, 4));
  expect(ids(await list('?channel_type=sms'))).toEqual([late]);
});

test.each([
  ['?handed_off=true', [0]],
  ['?handed_off=false&channel_type=web', [2]],
  ['?status=closed_resolved', [1]],
  ['?channel_type=web', [2]],
  ['?created_before=2026-11-02', [0]],
  ['?created_after=2026-11-02&created_before=2026-11-04T00:00:00Z', [2, 1]],
  ['?updated_after=2026-11-05T00:00:00&updated_before=2026-11-10', [0]],
  ['?updated_after=2026-11-05T01:00:00%2B01:00&updated_before=2026-11-05T00:00:00.001Z', [0]],
  ['?status=closed_unresolved', []],
])('%s', async (query, expected) => {
  expect(ids(await list(query))).toEqual(expected.map((i) => made[i]));
});
