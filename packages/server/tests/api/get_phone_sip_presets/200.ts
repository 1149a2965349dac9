import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

interface Page {
  readonly items: readonly { readonly name: string }[];
  readonly next: string | null;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('lists every preset with its fields, in its order', async () => {
  const { status, body } = await server.request<Page>('GET', '/phone/sip/presets');
  expect(status).toBe(200);
  expect(body.items.map(({ name }) => name)).toEqual([
    'twilio',
    'telnyx',
    'plivo',
    'sinch',
    'wavix',
    '3cx',
    'asterisk',
    'freepbx',
    'kamailio',
  ]);
  expect(body.next).toBeNull();
  expect(body.items[6]).toMatchObject({
    display_name: 'Asterisk (PJSIP)',
    ports: [
      { transport: 'udp', port: 5060 },
      { transport: 'tcp', port: 5060 },
      { transport: 'tls', port: 5061 },
    ],
    from: { user: 'username', domain: 'any' },
    session_timers: { expires_seconds: 1800, min_se_seconds: 90 },
    media: { addresses: [], port_min: null, port_max: null },
  });
});

test('is read page by page', async () => {
  const first = await server.request<Page>('GET', '/phone/sip/presets?limit=5');
  expect(first.body.items.at(-1)?.name).toBe('wavix');
  const second = await server.request<Page>('GET', `/phone/sip/presets?limit=5&cursor=${first.body.next}`);
  expect(second.body.items.map(({ name }) => name)).toEqual(['3cx', 'asterisk', 'freepbx', 'kamailio']);
  expect(second.body.next).toBeNull();
});
