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

const list = async (query = '') => (await server.request<Page>('GET', `/phone/voices${query}`)).body;

test('every voice of the synthesiser, whole', async () => {
  const { status, body } = await server.request('GET', '/phone/voices');
  expect(status).toBe(200);
  expect(body).toEqual({ items: server.services.voices.map((voice) => ({ ...voice, preview: null })), next: null });
});

test.each([1, 2, 3])('pages of %i give every voice once', async (limit) => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(seen).toEqual(server.services.voices.map(({ id }) => id));
});

test('each can be the voice of an agent', async () => {
  for (const { id } of (await list()).items) {
    const { status, body } = await server.request('POST', '/phone', { body: { name: 'Voiced', voice_id: id } });
    expect([status, body]).toMatchObject([200, { voice_id: id }]);
  }
});
