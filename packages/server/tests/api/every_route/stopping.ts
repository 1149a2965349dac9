import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer } from '../../../src/api/server.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { silentLog } from '../../test-store.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a port that is taken rejects the start', async () => {
  const { port } = server;
  const config = loadConfig({ HOST: '127.0.0.1', PORT: String(port) });
  const second = createHttpServer({ ...server.services, config, log: silentLog });
  await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await second.close();
});

test('a stopping server answers what has begun, then nobody', async () => {
  let begun = () => {};
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });
  server.readiness.register('slow', async () => {
    begun();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { state: 'ready' };
  });
  const answer = server.request('GET', '/readyz');
  await started;
  const closed = server.http.close();
  expect((await answer).status).toBe(200);
  await closed;
  await expect(server.request('GET', '/healthz')).rejects.toThrow('fetch failed');
});
