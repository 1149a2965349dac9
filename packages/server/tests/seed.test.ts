import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApiKey, identify } from '../src/api-keys.ts';
import { ensureOrganisation } from '../src/organisations.ts';
import { seedDefaultOrganisation } from '../src/seed.ts';
import { apiKeys, organisations } from '../src/store/schema.ts';
import { openTestStore, silentLog, type TestStore } from './test-store.ts';

let opened: TestStore;
let dataDir: string;
beforeAll(async () => {
  opened = await openTestStore();
});
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  await opened.store.db.delete(organisations);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
afterAll(() => opened.dispose());

const seed = (initApiKey?: string) => seedDefaultOrganisation(opened.store.db, { initApiKey, dataDir, log: silentLog });
const keyFile = () => join(dataDir, 'api-key');

test('makes the organisation and a key once, in a file for its owner only', async () => {
  const organisation = await seed();
  expect(organisation.slug).toBe('default');
  const key = readFileSync(keyFile(), 'utf8').trim();
  expect(key).toMatch(/^ocx_live_[0-9A-Za-z]{43}$/);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  expect(await identify(opened.store.db, key)).toMatchObject({ orgId: organisation.id, scopes: null });

  expect((await seed()).id).toBe(organisation.id);
  expect(readFileSync(keyFile(), 'utf8').trim()).toBe(key);
  expect(await opened.store.db.$count(apiKeys)).toBe(1);
});

test('takes the configured key, and no other is made; later ones are added', async () => {
  const organisation = await seed('ocx_live_configured');
  await seed('ocx_live_configured');
  expect(() => statSync(keyFile())).toThrow('ENOENT');
  expect(await opened.store.db.$count(apiKeys)).toBe(1);
  await seed('ocx_live_rotated');
  for (const key of ['ocx_live_configured', 'ocx_live_rotated']) {
    expect(await identify(opened.store.db, key)).toMatchObject({ orgId: organisation.id });
  }
});

test('the first key administers the instance, and later ones do not', async () => {
  await seed('ocx_live_configured');
  await seed('ocx_live_rotated');
  const { db } = opened.store;
  expect(await identify(db, 'ocx_live_configured')).toMatchObject({ scopes: null, instanceAdmin: true });
  expect(await identify(db, 'ocx_live_rotated')).toMatchObject({ scopes: null, instanceAdmin: false });
});

test('a key of before there were administrators becomes one', async () => {
  const { id } = await ensureOrganisation(opened.store.db, 'default', 'Default');
  await createApiKey(opened.store.db, id, { name: 'old', scopes: null, key: 'ocx_live_old_one' });
  await seed('ocx_live_old_one');
  expect(await identify(opened.store.db, 'ocx_live_old_one')).toMatchObject({ scopes: null, instanceAdmin: true });
});

test('the database holds no key in clear', async () => {
  await seed('ocx_live_configured');
  const [row] = await opened.store.db.select().from(apiKeys);
  expect(JSON.stringify(row)).not.toContain('configured');
  expect(row).toMatchObject({ lastFour: 'ured', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('a key of another organisation is refused', async () => {
  const { id } = await ensureOrganisation(opened.store.db, 'other', 'Other');
  await createApiKey(opened.store.db, id, { name: 'x', scopes: null, key: 'ocx_live_taken' });
  await expect(seed('ocx_live_taken')).rejects.toThrow('already a key of another organisation');
});

test('servers that start at once make one organisation and one key', async () => {
  const seeded = await Promise.all([1, 2, 3].map(() => seed('ocx_live_configured')));
  expect(new Set(seeded.map((organisation) => organisation.id)).size).toBe(1);
  expect(await opened.store.db.$count(apiKeys)).toBe(1);
});
