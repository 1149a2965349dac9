import { afterAll, beforeAll, expect, test } from 'vitest';
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

const made: string[] = [];
const page = async (query = '') => (await server.request<Page>('GET', `/contacts${query}`)).body;
const ids = ({ items }: Page) => items.map(({ id }) => id);

beforeAll(async () => {
  for (const contact of [{ phone: '+12025550123' }, { email: 'Ada@example.com' }, { name: 'Bob' }]) {
    made.push((await server.request<{ id: string }>('POST', '/contacts', { body: { contact } })).body.id);
  }
  const neighbours = { contact: { phone: '+12025550123' } };
  await server.request('POST', '/contacts', { key: server.other.key, body: neighbours });
});

test.each([
  ['all', '', [2, 1, 0]],
  ['a number in national form', '?phone_number=(202)%20555-0123', [0]],
  ['a number nobody has', '?phone_number=%2B12025550124', []],
  ['a text that is no number', '?phone_number=alice', []],
  ['an address in any case', '?email=ada@EXAMPLE.com', [1]],
])('lists own contacts, newest first: %s', async (_what, query, expected) => {
  const found = await page(query);
  expect(ids(found).toSorted()).toEqual(expected.map((i) => made[i]).toSorted());
  expect(found.next).toBeNull();
});

test.each([1, 2])('pages of %i give every contact once', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const one: Page = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    seen.push(...ids(one));
    cursor = one.next;
  }
  expect(seen.toSorted()).toEqual(made.toSorted());
});
