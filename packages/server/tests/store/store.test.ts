import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { organisations, phoneNumbers } from '../../src/store/schema.ts';
import { databaseFault, violatesUnique } from '../../src/store/store-error.ts';
import { openTestStore, silentLog, type TestStore } from '../test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.dispose());

const insert = (slug: string, db = opened.store.db) => db.insert(organisations).values({ slug, name: slug });
const slugs = async (db = opened.store.db) =>
  (await db.select({ slug: organisations.slug }).from(organisations).orderBy(organisations.slug)).map(
    (row) => row.slug,
  );

test('rows come back as they went in, with dates, arrays, numbers and JSON', async () => {
  const [row] = await opened.store.db
    .insert(organisations)
    .values({ slug: 'typed', name: 'Ünïcode "quoted"' })
    .returning();
  expect(row?.createdAt).toBeInstanceOf(Date);
  expect(row).toMatchObject({ name: 'Ünïcode "quoted"', sessionWindowMinutes: 180, defaultPhoneAgentId: null });
  const { rows } = await opened.store.db.execute<Record<string, unknown>>(
    sql`select array['a','b']::text[] as list, 1.5::float8 as number, '{"a":[1]}'::jsonb as json, true as yes`,
  );
  expect(rows[0]).toEqual({ list: ['a', 'b'], number: 1.5, json: { a: [1] }, yes: true });
  await opened.store.db.delete(organisations);
});

test('a transaction commits as one, and a rejected one leaves nothing', async () => {
  await opened.store.db.transaction(async (tx) => {
    await insert('a', tx);
    await insert('b', tx);
  });
  await expect(
    opened.store.db.transaction(async (tx) => {
      await insert('c', tx);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await slugs()).toEqual(['a', 'b']);
});

test('a nested transaction rolls back alone', async () => {
  await opened.store.db.transaction(async (tx) => {
    await insert('outer', tx);
    await tx
      .transaction(async (nested) => {
        await insert('inner', nested);
        throw new Error('inner only');
      })
      .catch(() => undefined);
    await tx.transaction((nested) => insert('second', nested));
  });
  expect(await slugs()).toEqual(['a', 'b', 'outer', 'second']);
});

test('others do not see a transaction before its commit, nor does it break them', async () => {
  let outside: Promise<unknown> = Promise.resolve();
  const inside = await opened.store.db.transaction(async (tx) => {
    await insert('hidden', tx);
    outside = insert('outside').then(() => slugs());
    await new Promise((resolve) => setTimeout(resolve, 20));
    return slugs(tx);
  });
  expect(inside).toContain('hidden');
  expect(await outside).toContain('outside');
});

test('a transaction has the isolation it asks for', async () => {
  const level = await opened.store.db.transaction(
    async (tx) =>
      (await tx.execute<{ level: string }>(sql`select current_setting('transaction_isolation') as level`)).rows,
    { isolationLevel: 'serializable' },
  );
  expect(level).toEqual([{ level: 'serializable' }]);
});

test('errors keep their SQLSTATE and constraint, inside and outside of transactions', async () => {
  for (const work of [() => insert('a'), () => opened.store.db.transaction((tx) => insert('a', tx))]) {
    const error: unknown = await work().catch((reason: unknown) => reason);
    expect(databaseFault(error)).toEqual({ code: '23505', constraint: 'organisations_slug_unique' });
    expect(violatesUnique(error, 'organisations_slug_unique')).toBe(true);
    expect(violatesUnique(error, 'api_keys_hash_unique')).toBe(false);
  }
});

test('a commit that fails rejects', async () => {
  await opened.store.db.execute(sql`create table parent (id int primary key)`);
  await opened.store.db.execute(sql`create table child (id int references parent deferrable initially deferred)`);
  const error: unknown = await opened.store.db
    .transaction((tx) => tx.execute(sql`insert into child values (1)`))
    .catch((reason: unknown) => reason);
  expect(databaseFault(error)?.code).toBe('23503');
  expect(await opened.store.db.$count(organisations)).toBeGreaterThan(0);
});

test('a hundred statements at once are all answered', async () => {
  const [organisation] = await opened.store.db.select().from(organisations).where(eq(organisations.slug, 'a'));
  const orgId = organisation?.id ?? '';
  await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      opened.store.db
        .insert(phoneNumbers)
        .values({ orgId, phoneNumber: `+1202555${1000 + i}`, method: 'operator', state: 'verified' }),
    ),
  );
  expect(await opened.store.db.$count(phoneNumbers)).toBe(100);
});

test('a second start finds the schema done and the rows there', async () => {
  const before = await slugs();
  if (opened.store.kind === 'pglite') await opened.store.close();
  const again = await openStore({ databaseUrl: opened.databaseUrl, dataDir: opened.dataDir, log: silentLog });
  expect(await slugs(again.db)).toEqual(before);
  expect(await again.health()).toEqual({ ok: true });
  await again.close();
  await again.close();
  const health = await again.health();
  expect(health.ok).toBe(false);
  await expect(again.db.select().from(organisations)).rejects.toThrow();
});
