import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import type { Store } from '../src/store/database.ts';
import { openStore } from '../src/store/open-store.ts';

/** An empty database of its own for a test file: PGlite, or PostgreSQL when TEST_DATABASE_URL names a server. */
export interface TestStore {
  readonly store: Store;
  readonly dataDir: string;
  /** Undefined on PGlite. */
  readonly databaseUrl: string | undefined;
  dispose(): Promise<void>;
}

export const silentLog = pino({ level: 'silent' });

export async function openTestStore(): Promise<TestStore> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  const database = process.env.TEST_DATABASE_URL ? await createDatabase(process.env.TEST_DATABASE_URL) : undefined;
  const store = await openStore({ databaseUrl: database?.url, dataDir, log: silentLog });
  return {
    store,
    dataDir,
    databaseUrl: database?.url,
    dispose: async () => {
      await store.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A new database on the PostgreSQL server that `serverUrl` names. */
export async function createDatabase(serverUrl: string) {
  const name = `dialplane_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await administer(serverUrl, `create database ${name}`);
  return { url: url.href, drop: () => administer(serverUrl, `drop database ${name} with (force)`) };
}

async function administer(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}
