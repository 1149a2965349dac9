import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { type AgentBody, makeAgent, type VersionBody } from '../agent-requests.ts';
import { plainAgent } from '../whole-agent.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Page {
  readonly items: readonly VersionBody[];
  readonly next: string | null;
}

let agent: AgentBody;
beforeAll(async () => {
  agent = await makeAgent(server, { name: 'Version 1' });
  for (const number of [2, 3, 4, 5]) {
    await server.request('PATCH', `/phone/${agent.id}`, { body: { name: `Version ${number}` } });
  }
});

const list = async (query = '') => (await server.request<Page>('GET', `/phone/${agent.id}/versions${query}`)).body;

test('newest first, each with all its settings', async () => {
  const { items, next } = await list();
  expect(next).toBeNull();
  expect(items.map(({ number, state, settings }) => [number, state, settings.name])).toEqual([
    [5, 'published', 'Version 5'],
    [4, 'superseded', 'Version 4'],
    [3, 'superseded', 'Version 3'],
    [2, 'superseded', 'Version 2'],
    [1, 'superseded', 'Version 1'],
  ]);
  expect(items.at(-1)).toEqual({
    id: expect.any(String),
    agent_id: agent.id,
    number: 1,
    state: 'superseded',
    settings: { ...plainAgent, name: 'Version 1' },
    created_at: expect.any(String),
    published_at: expect.any(String),
  });
});

test.each([1, 2, 3, 5, 6])('pages of %i give every version once', async (limit) => {
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await list(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map(({ number }) => number));
    cursor = page.next;
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
});
