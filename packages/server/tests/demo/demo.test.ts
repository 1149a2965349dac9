import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAgents } from '../../src/agents.ts';
import { identify } from '../../src/api-keys.ts';
import { bakery } from '../../src/demo/bakery.ts';
import { createDemo } from '../../src/demo/create-demo.ts';
import { menuOf } from '../../src/knowledge/menu.ts';
import { vocabularyOf } from '../../src/knowledge/vocabulary.ts';
import { createSecrets } from '../../src/secrets.ts';
import { apiKeys, inboundTrunks, knowledge } from '../../src/store/schema.ts';
import { openTestStore, type TestStore } from '../test-store.ts';

let test0: TestStore;
const secrets = createSecrets('11'.repeat(32));
const make = (sipPort = 5070) =>
  createDemo({
    db: test0.store.db,
    secrets,
    config: { dataDir: test0.dataDir, host: '0.0.0.0' },
    sipPort,
    httpPort: 3010,
  });
const file = () => join(test0.dataDir, 'demo-trunk.json');
const content = (): Record<string, string> => JSON.parse(readFileSync(file(), 'utf8'));

beforeAll(async () => {
  test0 = await openTestStore();
});
afterAll(() => test0.dispose());

test('the business has ten articles of 40 to 90 words on distinct subjects', () => {
  expect(bakery.articles).toHaveLength(10);
  expect(new Set(bakery.articles.map(({ title }) => title)).size).toBe(10);
  for (const { title, content: text } of bakery.articles) {
    const words = text.split(/\s+/).length;
    expect(words, title).toBeGreaterThanOrEqual(40);
    expect(words, title).toBeLessThanOrEqual(90);
  }
});

test('makes agent, knowledge, trunk, number and key, and writes them for the simulated caller', async () => {
  const { orgId, agentId } = await make();
  const { db } = test0.store;
  const [agent] = await listAgents(db, orgId);
  expect(agent).toMatchObject({ id: agentId, name: 'Front desk', type: 'inbound', voiceId: 'slt', enabled: true });
  expect(agent?.firstMessage).toContain(bakery.organisation.name);
  expect(await db.$count(knowledge, eq(knowledge.orgId, orgId))).toBe(10);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const written = content();
  expect(written).toMatchObject({ sip: '127.0.0.1:5070', api: 'http://127.0.0.1:3010', number: '+12025550100' });
  const [trunk] = await db.select().from(inboundTrunks).where(eq(inboundTrunks.orgId, orgId));
  expect(written.username).toBe(trunk?.authUsername);
  expect((await identify(db, written.api_key ?? ''))?.orgId).toBe(orgId);
});

test('a second start changes nothing but the addresses', async () => {
  const before = content();
  const first = await make();
  expect(await make(5099)).toEqual(first);
  const { db } = test0.store;
  expect(content()).toEqual({ ...before, sip: '127.0.0.1:5099' });
  expect(await db.$count(apiKeys, eq(apiKeys.orgId, first.orgId))).toBe(1);
  expect(await db.$count(knowledge, eq(knowledge.orgId, first.orgId))).toBe(10);
});

test('a file cut off by a crash is written anew with a key that works', async () => {
  writeFileSync(file(), '{ "sip": "127');
  const { orgId } = await make();
  expect((await identify(test0.store.db, content().api_key ?? ''))?.orgId).toBe(orgId);
});

test('the keypad menu offers nine subjects in the order of the articles', async () => {
  const { orgId } = await make();
  const [agent] = await listAgents(test0.store.db, orgId);
  if (agent === undefined) throw new Error('no agent');
  const menu = await menuOf(test0.store.db, agent);
  expect(menu.map(({ title }) => title)).toEqual(bakery.articles.slice(0, 9).map(({ title }) => title));
  expect(menu[0]?.text).toContain('7 am');
});

test('the vocabulary holds every sentence of the knowledge under a stable id', async () => {
  const { orgId } = await make();
  const [agent] = await listAgents(test0.store.db, orgId);
  if (agent === undefined) throw new Error('no agent');
  const vocabulary = await vocabularyOf(test0.store.db, agent);
  expect(vocabulary.id).toMatch(/^[0-9a-f]{64}$/);
  expect((await vocabularyOf(test0.store.db, agent)).id).toBe(vocabulary.id);
  expect(vocabulary.sentences).toContain('Delivery costs 6 dollars, and it is free for orders over 50 dollars.');
  expect(vocabulary.sentences).toContain('Baking classes');
});
