import { createSocket } from 'node:dgram';
import type { CallService } from '@dialplane/calls';
import { carrierBehaviours, type SimulatedCarrier, startCarrier } from '@dialplane/simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTrunkRegistrations, type TrunkRegistrations } from '../../src/telephony/trunk-registrations.ts';
import { outboundPath } from '../api/sip-requests.ts';
import { pickUpTelephone, type Telephone } from '../telephone.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import { silentLog } from '../test-store.ts';

const account = { username: 'acme', password: 'battery staple', numbers: ['+12025550140'] };

let server: TestServer;
let telephone: Telephone;
let calls: CallService;
let carrier: SimulatedCarrier;
let registrations: TrunkRegistrations;

beforeAll(async () => {
  const behaviour = carrierBehaviours.find(({ name }) => name === 'telnyx');
  if (!behaviour) throw new Error('There is no carrier of this behaviour.');
  server = await startTestServer();
  [telephone, carrier] = await Promise.all([pickUpTelephone(server), startCarrier({ behaviour, account })]);
  calls = telephone.calls;
  registrations = createTrunkRegistrations({ db: server.store.db, secrets: server.secrets, calls, log: silentLog });
  server.connectRegistrations(registrations);
});

afterAll(async () => {
  await registrations.close();
  await telephone.close();
  await carrier.close();
  await server.stop();
});

interface TrunkBody {
  readonly id: string;
  readonly registration: {
    readonly state: string;
    readonly last_error: { readonly code: string; readonly status: number | null } | null;
  } | null;
}

async function trunkIn(state: string | null, id: string): Promise<TrunkBody> {
  for (;;) {
    const { body } = await server.request<TrunkBody>('GET', `${outboundPath}/${id}`);
    if ((body.registration?.state ?? null) === state) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a trunk registers, its calls come in by it, and it is taken back with the setting', async () => {
  const { username, password } = account;
  const body = { name: 'Carrier', host: carrier.host, port: carrier.port, username, password, register: true };
  const made = await server.request<TrunkBody>('POST', outboundPath, {
    body: { ...body, caller_number: '+12025550140' },
  });
  expect(made.status).toBe(200);
  const { id } = made.body;
  const registered = await trunkIn('registered', id);
  expect(registered.registration).toMatchObject({
    registrar: `udp:127.0.0.1:${carrier.port}`,
    expires_at: expect.stringMatching(/^20/),
    last_error: null,
  });
  expect(carrier.isRegistered).toBe(true);

  const attempt = await carrier.call({ to: '+12025550140', from: '+12025550199' });
  expect(attempt.status).toBe(200);
  await attempt.call?.hangup();
  const { body: page } = await server.request<{ items: unknown[] }>('GET', '/phone/calls');
  expect(page.items[0]).toMatchObject({ direction: 'inbound', trunk_id: id, called: '+12025550140' });

  await server.request('PATCH', `${outboundPath}/${id}`, { body: { username, password: 'wrong' } });
  const refused = await trunkIn('refused', id);
  expect(refused.registration?.last_error).toMatchObject({ code: 'forbidden', status: 403 });

  await server.request('PATCH', `${outboundPath}/${id}`, { body: { register: false } });
  await trunkIn(null, id);
  expect(registrations.all().size).toBe(0);
});

test('a registrar that does not answer holds up neither a change nor the end', async () => {
  const silent = createSocket('udp4');
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
  const body = { name: 'Silent', host: '127.0.0.1', port: silent.address().port, caller_number: '+12025550141' };
  const made = await server.request<TrunkBody>('POST', outboundPath, { body: { ...body, register: true } });
  await trunkIn('registering', made.body.id);
  await server.request('PATCH', `${outboundPath}/${made.body.id}`, { body: { register: false } });
  await trunkIn(null, made.body.id);
  await server.request('PATCH', `${outboundPath}/${made.body.id}`, { body: { register: true } });
  await trunkIn('registering', made.body.id);
  await registrations.close();
  expect(registrations.all().size).toBe(0);
  silent.close();
});
