import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{}, '/phone_number'],
  [{ phone_number: '' }, '/phone_number'],
  [{ phone_number: '+12025550100', invite: 'INVITE' }, '/invite'],
  [{ invite: 'hello' }, '/invite'],
  [{ invite: 'INVITE sip:a@b.example SIP/2.0\r\n\r\n' }, '/invite'],
  [
    {
      invite: [
        'OPTIONS sip:a@b.example SIP/2.0',
        'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
        'From: <sip:a@b.example>;tag=1',
        'To: <sip:a@b.example>',
        'Call-ID: 1',
        'CSeq: 1 OPTIONS',
      ].join('\r\n'),
    },
    '/invite',
  ],
])('%j is not valid', async (body, pointer) => {
  const answer = await server.problem('POST', '/phone/sip/route-test', { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([
    422,
    'validation_failed',
    pointer,
  ]);
});
