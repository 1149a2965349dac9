import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { StoreError, storeErrorOf } from '../../src/store/store-error.ts';
import { silentLog } from '../test-store.ts';

const dataDir = '/nonexistent';

test('a PostgreSQL that is not there is unreachable, and the password is not told', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => holder.close(resolve));
  const error = await refusal(`postgres://me:hunter2@127.0.0.1:${port}/calls`);
  expect(error).toMatchObject({ code: 'database_unreachable', errorClass: 'upstream' });
  expect(error.message).toContain(`127.0.0.1:${port}/calls`);
  expect(error.message).not.toContain('hunter2');
});

test('a PostgreSQL URL that cannot be read is named as such, and the password is not told', async () => {
  const error = await refusal('postgres://me:hunter2@host:port/calls');
  expect(error.code).toBe('database_url_invalid');
  expect(error.message).not.toContain('hunter2');
});

test('a damaged directory is told apart from an empty one', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  mkdirSync(join(parent, 'database'));
  writeFileSync(join(parent, 'database', 'PG_VERSION'), '9.6\n');
  const error = await openStore({ dataDir: parent, log: silentLog }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'database_damaged' });
  rmSync(parent, { recursive: true, force: true });
});

test.each([
  ['53100', 'database_full', 'theirs'],
  ['ENOSPC', 'database_full', 'theirs'],
  ['28P01', 'database_login_refused', 'theirs'],
  ['3D000', 'database_missing', 'theirs'],
  ['57P03', 'database_unreachable', 'upstream'],
  ['08006', 'database_unreachable', 'upstream'],
  ['EAI_AGAIN', 'database_unreachable', 'upstream'],
])('%s is %s, however deep it is wrapped', (code, verdict, errorClass) => {
  const driver = Object.assign(new Error('no'), { code });
  const wrapped = new Error('Failed query', { cause: new Error('again', { cause: driver }) });
  expect(storeErrorOf(wrapped, 'here')).toMatchObject({
    code: verdict,
    errorClass,
    message: expect.stringContaining('here'),
  });
});

test('an error of one statement says nothing of the database', () => {
  expect(storeErrorOf(Object.assign(new Error('duplicate'), { code: '23505' }), 'here')).toBeNull();
});

async function refusal(databaseUrl: string): Promise<StoreError> {
  const error: unknown = await openStore({ databaseUrl, dataDir, log: silentLog }).catch((reason: unknown) => reason);
  if (error instanceof StoreError) return error;
  throw new Error('The store opened, or failed differently.', { cause: error });
}
