import { afterEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
const start = async (perMinute: number) => {
  server = await startTestServer({ RATE_LIMIT_PER_MINUTE: String(perMinute) });
};
afterEach(() => server.stop());

test('a key has its requests of a minute, and is told how many are left', async () => {
  await start(3);
  for (const left of [2, 1, 0]) {
    const { status, headers } = await server.request('GET', '/phone');
    expect(status).toBe(200);
    expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual(['3', String(left)]);
    expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  }
  const { status, headers, body } = await server.problem('GET', '/phone');
  expect([status, body.code]).toEqual([429, 'rate_limited']);
  // One of three requests a minute is back after 20 s.
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(15);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(20);
  expect((await server.request('GET', '/phone', { key: server.other.key })).status).toBe(200);
  expect((await server.request('GET', '/healthz')).headers.get('ratelimit-limit')).toBeNull();
});

test('an address with too many wrong keys is refused before a key is looked up; known keys go on', async () => {
  await start(100);
  await server.request('GET', '/phone');
  const guess = (key: string) => server.problem('GET', '/phone', { key });
  for (let i = 0; i < 20; i += 1) expect((await guess(`ocx_live_${i}`)).status).toBe(401);
  const refused = await guess('ocx_live_20');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
  expect((await guess(server.other.key)).status).toBe(429);
  expect((await server.request('GET', '/phone')).status).toBe(200);
});

test('streams of events have ten times as many, counted apart', async () => {
  await start(1);
  expect((await server.request('GET', '/phone')).headers.get('ratelimit-remaining')).toBe('0');
  const headers = { authorization: `Bearer ${server.acme.key}` };
  const stream = await fetch(`http://127.0.0.1:${server.port}/events`, { headers });
  await stream.body?.cancel();
  expect([stream.status, stream.headers.get('ratelimit-limit'), stream.headers.get('ratelimit-remaining')]).toEqual([
    200,
    '10',
    '9',
  ]);
});

test('0 takes the limit away', async () => {
  await start(0);
  for (let i = 0; i < 120; i += 1) {
    const { status, headers } = await server.request('GET', '/phone');
    expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
  }
});
