/** Needs a PostgreSQL server named by TEST_DATABASE_URL, whose user may create databases and logs in by password. */
import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrationsFolder } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { organisations } from '../../src/store/schema.ts';
import { createDatabase, silentLog } from '../test-store.ts';

const serverUrl = process.env.TEST_DATABASE_URL ?? '';
if (!serverUrl) throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server, as the peers run does.');

const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: '/nonexistent', log: silentLog });

function changed(change: (url: URL) => void): string {
  const url = new URL(serverUrl);
  change(url);
  return url.href;
}

test('a wrong password is named, without telling it', async () => {
  const error = await open(changed((url) => (url.password = 'wrong-one'))).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'database_login_refused', message: expect.not.stringContaining('wrong-one') });
});

test('a database that does not exist is named', async () => {
  const error = await open(changed((url) => (url.pathname = '/no_such_database'))).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'database_missing', message: expect.stringContaining('/no_such_database') });
});

test('four servers that start at once on an empty database take turns with the migrations', async () => {
  const { url, drop } = await createDatabase(serverUrl);
  const stores = await Promise.all([1, 2, 3, 4].map(() => open(url)));
  for (const store of stores) expect(await store.health()).toEqual({ ok: true });
  const [first] = stores;
  const { rows } = (await first?.db.execute(sql`select count(*)::int as n from drizzle.__drizzle_migrations`)) ?? {};
  const migrations = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
  expect(rows).toEqual([{ n: migrations.length }]);
  await Promise.all(stores.map((store) => store.close()));
  await drop();
});

test('connections that the server ends are replaced', async () => {
  const { url, drop } = await createDatabase(serverUrl);
  const store = await open(url);
  await Promise.all([1, 2, 3].map(() => store.db.$count(organisations)));
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dialplane'");
  await client.end();
  await expect.poll(async () => (await store.health()).ok).toBe(true);
  expect(await store.db.$count(organisations)).toBe(0);
  await store.close();
  await drop();
});
