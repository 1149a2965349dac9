import { type CallService, createCallService } from '@dialplane/calls';
import { carrierBehaviours, type SimulatedCarrier, startCarrier } from '@dialplane/simulator';
import { createFliteSynthesiser, type Synthesiser } from '@dialplane/speech';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAnnouncement } from '../../src/number-verification/spoken-code.ts';
import { createCallDirectory } from '../../src/telephony/call-directory.ts';
import { createRefusalLog } from '../../src/telephony/refusal-log.ts';
import { createTrunkSightings } from '../../src/telephony/trunk-sightings.ts';
import type { NumberBody } from '../api/phone-number-body.ts';
import { startTestServer, type TestServer } from '../test-server.ts';
import { silentLog } from '../test-store.ts';
import { digitReader } from './spoken-digits.ts';

const account = { username: 'acme', password: 'battery staple', numbers: ['+12025550100'] };

let server: TestServer;
let calls: CallService;
let carrier: SimulatedCarrier;
let busyCarrier: SimulatedCarrier;
let synthesiser: Synthesiser & { close(): Promise<void> };

beforeAll(async () => {
  const behaviour = carrierBehaviours.find(({ name }) => name === 'telnyx');
  if (!behaviour) throw new Error('There is no carrier of this behaviour.');
  [server, synthesiser, carrier, busyCarrier] = await Promise.all([
    startTestServer(),
    createFliteSynthesiser(),
    startCarrier({ behaviour, account }),
    startCarrier({ behaviour, account, reaction: { status: 486, reason: 'Busy Here' } }),
  ]);
  const { services, store, secrets } = server;
  const { profiles, bus, model } = services;
  const refusals = createRefusalLog({ db: store.db, log: silentLog });
  calls = await createCallService({
    host: '127.0.0.1',
    sipPort: 0,
    publicAddress: undefined,
    rtpPortMin: 33_200,
    rtpPortMax: 33_299,
    mediaThreads: 1,
    userAgent: 'test',
    realm: 'test',
    nonceKey: new Uint8Array(32),
    headerPrefix: 'X-OPENCX',
    directory: createCallDirectory({
      db: store.db,
      secrets,
      refusals,
      profiles,
      bus,
      regionOf: () => 'global',
      sightings: createTrunkSightings(store.db, silentLog),
    }),
    engines: { recogniser: undefined, synthesiser, model },
    log: silentLog,
  });
  server.connectCalls(calls);
});

afterAll(async () => {
  await calls.close();
  await Promise.all([carrier.close(), busyCarrier.close(), synthesiser.close(), server.stop()]);
});

async function makeTrunk({ host, port }: SimulatedCarrier): Promise<string> {
  const { username, password } = account;
  const body = { name: 'Carrier', host, port, username, password, caller_number: '+12025550100' };
  return (await server.request<{ id: string }>('POST', '/phone/sip/outbound-trunks', { body })).body.id;
}

const add = (phone_number: string) =>
  server.request<NumberBody>('POST', '/phone/numbers', { body: { phone_number, method: 'spoken_code' } });
const check = (id: string, code: string) =>
  server.request<NumberBody>('POST', `/phone/numbers/${id}/check`, { body: { code } });

interface CallBody {
  readonly id: string;
  readonly session_id: string;
  readonly direction: string;
  readonly called: string;
  readonly trunk_id: string | null;
  readonly state: string;
  readonly ending: { readonly reason: string; readonly sip_code: number; readonly sentence: string } | null;
}

async function lastCall(): Promise<CallBody> {
  for (;;) {
    const { body } = await server.request<{ items: CallBody[] }>('GET', '/phone/calls?direction=outbound');
    const [call] = body.items;
    if (call?.state === 'ended') return call;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a number is proved by the code that is spoken to it, which no record keeps', { timeout: 30_000 }, async () => {
  const trunkId = await makeTrunk(carrier);
  const added = await add('+12025550123');
  expect([added.status, added.body.state]).toEqual([200, 'pending']);

  const words = codeAnnouncement('0123456789').sentences.slice(1, 11);
  const read = await digitReader(synthesiser, words, codeAnnouncement('').voice);
  let heard = '';
  while (heard.length < 6) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const call = carrier.calls[0];
    if (call) heard = read(call.media.heard());
  }
  expect(carrier.verdicts.at(-1)).toMatchObject({ status: 200 });
  await carrier.calls[0]?.hangup();

  const call = await lastCall();
  expect(call).toMatchObject({ called: '+12025550123', trunk_id: trunkId, ending: { reason: 'caller_hung_up' } });
  const { body: history } = await server.request('GET', `/chat/sessions/${call.session_id}/history`);
  expect(JSON.stringify(history)).toContain('The code to verify this phone number');
  expect(JSON.stringify(history)).not.toMatch(/\b(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Zero)\./);

  const wrong = heard.startsWith('0') ? `1${heard.slice(1, 6)}` : `0${heard.slice(1, 6)}`;
  expect((await check(added.body.id, wrong)).status).toBe(422);
  expect((await check(added.body.id, heard.slice(0, 6))).body).toMatchObject({ state: 'verified', next_step: null });
  await server.request('DELETE', `/phone/sip/outbound-trunks/${trunkId}`);
});

test('a line that is busy is told by the call, and the number waits for another try', async () => {
  const trunkId = await makeTrunk(busyCarrier);
  const added = await add('+12025550124');
  expect(added.body.state).toBe('pending');
  const call = await lastCall();
  expect(call).toMatchObject({ called: '+12025550124', ending: { reason: 'busy', sip_code: 486 } });
  expect(call.ending?.sentence).toContain('The carrier answered 486 Busy Here.');
  const again = await server.request('POST', `/phone/numbers/${added.body.id}/verify`);
  expect([again.status, again.headers.get('retry-after')]).toEqual([429, '60']);
  await server.request('DELETE', `/phone/sip/outbound-trunks/${trunkId}`);
});

test('a country that the trunk must not dial is told at once', async () => {
  const trunkId = await makeTrunk(carrier);
  await server.request('PATCH', `/phone/sip/outbound-trunks/${trunkId}`, { body: { allowed_countries: ['DE'] } });
  const { status, body } = await server.problem('POST', '/phone/numbers', {
    body: { phone_number: '+442079460000', method: 'spoken_code' },
  });
  expect([status, body.code]).toEqual([422, 'phone_number_method_unavailable']);
  expect(body.detail).toContain('may not dial GB');
});

test('the code is said digit by digit, twice', () => {
  const { sentences, recordedAs } = codeAnnouncement('120945');
  expect(sentences.filter((one) => /^(?:One|Two|Zero|Nine|Four|Five)\.$/.test(one)).join(' ')).toBe(
    'One. Two. Zero. Nine. Four. Five. One. Two. Zero. Nine. Four. Five.',
  );
  expect(recordedAs).not.toMatch(/\d/);
});
