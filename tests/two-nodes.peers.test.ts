/** Needs a PostgreSQL server named by TEST_DATABASE_URL. */
import { createClient } from '@dialplane/client';
import { expect, it } from 'vitest';
import { startProduct } from './product.ts';

const serverUrl = process.env.TEST_DATABASE_URL ?? '';

/** A stream looks by itself after 15 s; what comes sooner was told by the other process. */
const TOLD_WITHIN_MS = 5000;

it('a live stream at one process tells at once what another one on the same database stores', async () => {
  if (!serverUrl) throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server, as the peers run does.');
  const environment = {
    DATABASE_URL: serverUrl,
    ENCRYPTION_KEY: 'e1'.repeat(32),
    OFFLINE_STT: 'off',
    LOG_LEVEL: 'warn',
  };
  // One after the other, so that the second finds the organisations of the first.
  const one = await startProduct({ environment });
  const other = await startProduct({ environment });
  try {
    const { client } = one;
    const elsewhere = createClient({ baseUrl: other.demo.api, apiKey: one.demo.api_key });
    const { id } = await client.call('createSession', { body: {} });
    const events = elsewhere.events(
      'streamSessionEvents',
      { path: { session_id: id } },
      { signal: AbortSignal.timeout(TOLD_WITHIN_MS) },
    );
    const first = events.next();
    await client.call('addSessionNote', { path: { session_id: id }, body: { text: 'Called back, all is well.' } });
    expect((await first).value).toMatchObject({ event: 'human_agent_comment' });
  } finally {
    await other.stop();
    await one.stop();
  }
});
