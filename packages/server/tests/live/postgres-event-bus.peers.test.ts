/** Needs a PostgreSQL server named by TEST_DATABASE_URL. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { createPostgresEventBus } from '../../src/live/postgres-event-bus.ts';
import { createDatabase, silentLog } from '../test-store.ts';

const serverUrl = process.env.TEST_DATABASE_URL ?? '';
if (!serverUrl) throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server, as the peers run does.');

const change = { orgId: 'acme', sessionId: 'one', callId: 'first' };

test('what one process stores wakes the listeners of another, and its own only once', async () => {
  const { url, drop } = await createDatabase(serverUrl);
  const [one, other] = [createPostgresEventBus(url, silentLog), createPostgresEventBus(url, silentLog)];
  const woken = { own: 0, org: 0, session: 0, call: 0, stranger: 0 };
  one.subscribe('session:one', () => woken.own++);
  other.subscribe('org:acme', () => woken.org++);
  other.subscribe('session:one', () => woken.session++);
  other.subscribe('call:first', () => woken.call++);
  other.subscribe('session:two', () => woken.stranger++);
  // Both listen as soon as a notice goes through.
  await vi.waitFor(
    () => {
      one.publish(change);
      expect(woken.call).toBeGreaterThan(0);
    },
    { interval: 50 },
  );
  await sleep(300);
  Object.assign(woken, { own: 0, org: 0, session: 0, call: 0, stranger: 0 });
  one.publish(change);
  await expect.poll(() => woken).toEqual({ own: 1, org: 1, session: 1, call: 1, stranger: 0 });
  one.publish({ orgId: 'acme', sessionId: 'one' });
  await expect.poll(() => woken).toEqual({ own: 2, org: 2, session: 2, call: 1, stranger: 0 });
  await Promise.all([one.close(), other.close()]);
  await drop();
});

test('a listener is woken when the lost connection is back, and hears of changes again', async () => {
  const { url, drop } = await createDatabase(serverUrl);
  const [one, other] = [createPostgresEventBus(url, silentLog), createPostgresEventBus(url, silentLog)];
  let woken = 0;
  other.subscribe('call:first', () => woken++);
  await vi.waitFor(
    () => {
      one.publish(change);
      expect(woken).toBeGreaterThan(0);
    },
    { interval: 50 },
  );
  await sleep(300);
  woken = 0;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%live events'",
  );
  await client.end();
  await expect.poll(() => woken, { timeout: 5000 }).toBeGreaterThan(0);
  woken = 0;
  await vi.waitFor(
    () => {
      one.publish(change);
      expect(woken).toBeGreaterThan(0);
    },
    { interval: 50, timeout: 5000 },
  );
  await Promise.all([one.close(), other.close()]);
  await drop();
});
