import Fastify, { type FastifyBaseLogger } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterEach, expect, test } from 'vitest';
import type { Api } from '../../src/api/api.ts';
import { type EventSource, eventStreams } from '../../src/api/event-stream.ts';
import { silentLog } from '../test-store.ts';

const started: Api[] = [];
afterEach(async () => {
  for (const api of started.splice(0)) await api.close();
});

async function serve(source: EventSource, pingMs: number): Promise<Response> {
  const loggerInstance: FastifyBaseLogger = silentLog;
  const api: Api = Fastify({ loggerInstance }).withTypeProvider<ZodTypeProvider>();
  started.push(api);
  const streams = eventStreams(api, pingMs);
  api.get('/', async (_request, reply) => streams.send(reply, source));
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  return fetch(address);
}

test('a silent stream pings, and reads what a lost notice would have told', async () => {
  let asked = 0;
  const response = await serve(
    {
      from: 7,
      read: async (after) => {
        asked += 1;
        return after === 7 && asked > 2 ? [{ id: 8, event: 'late', data: { text: 'two\nlines' }, last: true }] : [];
      },
      subscribe: () => () => {},
    },
    20,
  );
  expect(await response.text()).toBe(
    'retry: 2000\nid: 7\n\n: ping\n\n: ping\n\nid: 8\nevent: late\ndata: {"text":"two\\nlines"}\n\n',
  );
});

test('a client that goes away ends its subscription', async () => {
  const unsubscribed = Promise.withResolvers<void>();
  const response = await serve(
    { from: 0, read: async () => [], subscribe: () => () => unsubscribed.resolve() },
    60_000,
  );
  await response.body?.cancel();
  await unsubscribed.promise;
});

test('a store that fails cuts the stream, so that the client comes again', async () => {
  const failing = async () => {
    throw new Error('the store is down');
  };
  const response = await serve({ from: 0, read: failing, subscribe: () => () => {} }, 60_000);
  await expect(response.text()).rejects.toThrow();
});
