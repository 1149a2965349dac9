import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer } from '../../../src/api/server.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/log.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('the log tells routes and states, but no keys, passwords or numbers', async () => {
  const lines: string[] = [];
  const log = createLog('trace', { write: (line: string) => void lines.push(line) });
  const config = loadConfig({ HOST: '127.0.0.1', PORT: '0' });
  const { acme } = server;
  const logged = createHttpServer({ ...server.services, config, log });
  await logged.listen();
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${acme.key}`, 'content-type': 'application/json' };
    return (await fetch(`http://127.0.0.1:${logged.port}${path}`, { headers, ...init })).text();
  };
  const body = JSON.stringify({ phone_numbers: ['+12025550187'] });
  const made: { auth_password: string } = JSON.parse(await send('/phone/sip/inbound-trunk', { method: 'POST', body }));
  await send('/phone/sip/inbound-trunk', { method: 'POST', body });
  await send('/phone/%2B12025550187');
  await logged.close();

  const text = lines.join('');
  for (const hidden of [acme.key, made.auth_password, '12025550187']) expect(text).not.toContain(hidden);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      method: 'POST',
      route: '/phone/sip/inbound-trunk',
      status: 409,
      request_id: expect.any(String),
    }),
  );
});
