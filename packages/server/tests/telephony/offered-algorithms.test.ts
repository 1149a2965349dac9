/** What a stranger is offered by digest before it has said who it is. */
import { parseMessage, type SipRequest } from '@dialplane/sip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OfferedAlgorithms, openOfferedAlgorithms } from '../../src/telephony/offered-algorithms.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import { silentLog } from '../test-store.ts';

let server: TestServer;
let offered: OfferedAlgorithms;
const usernames = { acme: '', other: '' };

beforeAll(async () => {
  server = await startTestServer({});
  const trunk = async (key: string, number: string, algorithms?: readonly string[]) =>
    (
      await server.request<{ auth_username: string }>('POST', '/phone/sip/inbound-trunk', {
        key,
        body: { phone_numbers: [number], ...(algorithms ? { digest_algorithms: algorithms } : {}) },
      })
    ).body.auth_username;
  offered = await openOfferedAlgorithms({ db: server.store.db, log: silentLog });
  expect(offered.algorithmsFor(request('INVITE', 'alice', '+12025550100'))).toBeUndefined();
  usernames.acme = await trunk(server.acme.key, '+12025550100', ['SHA-256', 'SHA-512-256']);
  usernames.other = await trunk(server.other.key, '+12025550122');
  await offered.refresh();
});
afterAll(async () => {
  offered.close();
  await server.stop();
});

function request(method: string, from: string, to: string): SipRequest {
  const lines = [
    `${method} sip:${to}@sip.example.com SIP/2.0`,
    'Via: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bK1',
    `From: <sip:${from}@pbx.example>;tag=a`,
    `To: <sip:${to}@sip.example.com>`,
    'Call-ID: a',
    `CSeq: 1 ${method}`,
  ];
  const message = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (message.kind !== 'request') throw new Error('no request');
  return message;
}

const strong = ['SHA-256', 'SHA-512-256'];

test('a trunk is known by its user name in From or To', () => {
  expect(offered.algorithmsFor(request('INVITE', usernames.acme, '+12025550177'))).toEqual(strong);
  expect(offered.algorithmsFor(request('REGISTER', usernames.acme, usernames.acme))).toEqual(strong);
  expect(offered.algorithmsFor(request('INVITE', usernames.other, '+12025550177'))).toBeUndefined();
});

test.each(['+12025550100', '12025550100', '2025550100'])('a trunk is known by the number %s it calls', (number) => {
  expect(offered.algorithmsFor(request('INVITE', '+12025550199', number))).toEqual(strong);
});

test('who cannot be told is offered MD5', () => {
  expect(offered.algorithmsFor(request('INVITE', '+12025550199', '+12025550122'))).toBeUndefined();
  expect(offered.algorithmsFor(request('INVITE', 'nobody', 'nobody'))).toBeUndefined();
});
