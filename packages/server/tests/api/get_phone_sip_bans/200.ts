import type { SipEndpoint } from '@dialplane/sip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { silence } from '../silenced-sources.ts';

let server: TestServer;
let endpoint: SipEndpoint | undefined;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await endpoint?.close();
  await server.stop();
});

interface Bans {
  readonly items: readonly { readonly source: string; readonly since: string; readonly until: string }[];
  readonly next: string | null;
}
const list = async (query = '') =>
  (await server.request<Bans>('GET', `/phone/sip/bans${query}`, { key: server.adminKey })).body;

test('nobody is silenced yet', async () => {
  expect(await list()).toEqual({ items: [], next: null });
});

test('silenced sources with their reason, newest first, page by page', async () => {
  endpoint = await silence(server, ['127.0.0.2', '127.0.0.3', '127.0.0.4']);
  const { items } = await list();
  expect(items[0]).toEqual({
    source: '127.0.0.4',
    reason: 'It is a scanner: the User-Agent "friendly-scanner".',
    since: expect.any(String),
    until: expect.any(String),
    strikes: 1,
    dropped: 0,
  });
  expect(items.map(({ source }) => source)).toEqual(['127.0.0.4', '127.0.0.3', '127.0.0.2']);
  expect(Date.parse(items[0]?.until ?? '') - Date.parse(items[0]?.since ?? '')).toBe(600_000);
  const first = await list('?limit=2');
  expect(first.items).toEqual(items.slice(0, 2));
  expect(await list(`?limit=2&cursor=${first.next}`)).toEqual({ items: items.slice(2), next: null });
});
