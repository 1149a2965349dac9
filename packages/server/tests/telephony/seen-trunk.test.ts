import { carrierBehaviours, startCarrier } from '@dialplane/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trunkPath } from '../api/sip-requests.ts';
import { pickUpTelephone, type Telephone } from '../telephone.ts';
import { startTestServer, type TestServer } from '../test-server.ts';

let server: TestServer;
let telephone: Telephone;

beforeAll(async () => {
  server = await startTestServer();
  telephone = await pickUpTelephone(server);
});

afterAll(async () => {
  await telephone.close();
  await server.stop();
});

interface Trunk {
  readonly auth_username: string;
  readonly auth_password: string;
  readonly last_seen: { readonly style: string; readonly source: string; readonly at: string } | null;
}

const readTrunk = async () => (await server.request<Trunk>('GET', trunkPath)).body;

async function seenBy(style: string): Promise<Trunk['last_seen']> {
  for (;;) {
    const { last_seen: seen } = await readTrunk();
    if (seen?.style === style) return seen;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a trunk whose digests are SHA-256 alone takes a call, and tells that it was seen', async () => {
  expect((await readTrunk()).last_seen).toBeNull();
  await server.request('PATCH', trunkPath, { body: { digest_algorithms: ['SHA-256'] } });
  const { status, call } = await telephone.dial();
  expect(status).toBe(200);
  await call.hangup();
  expect(await seenBy('digest')).toMatchObject({
    source: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    at: expect.stringMatching(/^20/),
  });
  await server.request('PATCH', trunkPath, { body: { digest_algorithms: ['MD5'] } });
});

test('a PBX that registers is seen by that', async () => {
  const behaviour = carrierBehaviours.find(({ name }) => name === 'asterisk');
  if (!behaviour) throw new Error('There is no PBX of this behaviour.');
  const { auth_username: username, auth_password: password } = await readTrunk();
  const pbx = await startCarrier({ behaviour, account: { username, password, numbers: [] } });
  const answer = await pbx.register({ host: '127.0.0.1', port: telephone.calls.sipPort }, { username, password });
  expect(answer.status).toBe(200);
  expect(await seenBy('register')).toMatchObject({ source: `127.0.0.1:${pbx.port}` });
  await pbx.close();
});
