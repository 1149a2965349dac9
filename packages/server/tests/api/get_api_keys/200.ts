import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('lists the keys of the organisation in pages, newest first, without what they are checked by', async () => {
  for (const name of ['A', 'B', 'C']) {
    await server.request('POST', '/api-keys', { body: { name, scopes: ['phone:read'] } });
  }
  const first = await server.request<{ items: { name: string }[]; next: string }>('GET', '/api-keys?limit=2');
  expect(first.status).toBe(200);
  const second = await server.request<typeof first.body>('GET', `/api-keys?limit=50&cursor=${first.body.next}`);
  const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
  expect([...names].sort()).toEqual(['A', 'B', 'C', 'admin', 'test']);
  expect(names[0]).toBe('C');
  expect(second.body.next).toBeNull();
  expect(JSON.stringify([first.body, second.body])).not.toMatch(/hash|"key"|ocx_live/);
});

test('tells when a key was last used, to the minute', async () => {
  const { body } = await server.request<{ items: { name: string; last_used_at: string | null }[] }>('GET', '/api-keys');
  const usedAt = (name: string) => body.items.find((key) => key.name === name)?.last_used_at;
  expect(Date.parse(usedAt('test') ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(usedAt('A')).toBeNull();
  const again = await server.request<typeof body>('GET', '/api-keys');
  expect(again.body).toEqual(body);
});
