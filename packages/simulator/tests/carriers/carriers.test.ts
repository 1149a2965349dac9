import {
  type AuthenticationOptions,
  audioOffer,
  createSipEndpoint,
  type IncomingCall,
  negotiateAudio,
  type SipEndpoint,
} from '@dialplane/sip';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type CarrierBehaviour,
  type CarrierOptions,
  carrierBehaviours,
  type SimulatedCarrier,
  startCarrier,
} from '../../src/index.ts';

const account = { username: 'org_1', password: 'secret', numbers: ['+12025550100'] };

function behaviour(name: string): CarrierBehaviour {
  const found = carrierBehaviours.find((one) => one.name === name);
  if (!found) throw new Error(`There is no carrier ${name}.`);
  return found;
}

async function carrierLike(name: string, options: Partial<CarrierOptions> = {}): Promise<SimulatedCarrier> {
  const carrier = await startCarrier({ behaviour: behaviour(name), account, ...options });
  onTestFinished(() => carrier.close());
  return carrier;
}

interface Phone {
  readonly endpoint: SipEndpoint;
  readonly incoming: IncomingCall[];
}

/** Our stack, with the account of the carrier as its only trunk; it answers every call. */
async function phone(): Promise<Phone> {
  const incoming: IncomingCall[] = [];
  const authentication: AuthenticationOptions = {
    realm: 'dialplane',
    nonceKey: new Uint8Array(32),
    findCredential: async (username) =>
      username === account.username ? { password: account.password, owner: 'trunk' } : undefined,
  };
  const local = { address: '127.0.0.1', port: 40_000, codecs: ['PCMU'], sessionId: 1 } as const;
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    userAgent: 'phone',
    authentication,
    onInvite(call) {
      incoming.push(call);
      call.handle({ offered: (offer) => negotiateAudio(offer, { ...local, sessionVersion: 2 })?.answer });
      const agreed = call.offer && negotiateAudio(call.offer, local);
      if (agreed) call.answer(agreed.answer);
      else call.refuse(488);
    },
  });
  onTestFinished(() => endpoint.close());
  return { endpoint, incoming };
}

interface Dialled {
  readonly dialled?: string;
  readonly from?: string;
  readonly requestHost?: string;
  readonly transport?: 'udp' | 'tcp';
  readonly password?: string;
}

/** Final status of a call of our stack to the carrier. */
async function dial({ endpoint }: Phone, carrier: SimulatedCarrier, options: Dialled = {}): Promise<number> {
  const { dialled = '+12025550199', from = `+12025550100@${carrier.host}`, transport = 'udp' } = options;
  const { promise, resolve } = Promise.withResolvers<number>();
  endpoint.call({
    target: `sip:${dialled}@${options.requestHost ?? carrier.host}:${carrier.port}`,
    from: `sip:${from}`,
    transport,
    sdp: audioOffer({ address: '127.0.0.1', port: 40_000, codecs: ['PCMU'], sessionId: 1 }),
    credentials: { username: account.username, password: options.password ?? account.password },
    handlers: { answered: () => resolve(200), refused: resolve },
  });
  return promise;
}

const lastDislike = (carrier: SimulatedCarrier) => carrier.verdicts.at(-1)?.disliked;

test.each(['twilio', 'telnyx', 'plivo', 'sinch'] as const)(
  '%s takes a call of ours by UDP and by TCP',
  async (name) => {
    const us = await phone();
    for (const transport of ['udp', 'tcp'] as const) {
      const carrier = await carrierLike(name);
      expect(await dial(us, carrier, { transport })).toBe(200);
      const [call] = carrier.calls;
      await call?.acknowledged;
      await call?.hangup();
      expect(await call?.ended).toEqual({ by: 'carrier', reason: undefined });
    }
  },
);

test('a wrong password is 403, and the carrier says why', async () => {
  const carrier = await carrierLike('telnyx');
  expect(await dial(await phone(), carrier, { password: 'guess' })).toBe(403);
  expect(lastDislike(carrier)).toBe('credentials');
});

test('who is known by address needs no password', async () => {
  const carrier = await carrierLike('twilio', { account: { ...account, password: 'other', addresses: ['127.0.0.1'] } });
  expect(await dial(await phone(), carrier)).toBe(200);
});

test.each([
  ['twilio', { dialled: '2025550199' }, 404, 'e164_dialled'],
  ['twilio', { from: '2025550100@127.0.0.1' }, 403, 'e164_caller'],
  ['twilio', { from: '+12025550155@127.0.0.1' }, 403, 'verified_caller'],
  ['telnyx', { from: '+12025550155@127.0.0.1' }, 403, 'verified_caller'],
  ['sinch', { from: '+12025550100@elsewhere.example' }, 403, 'own_from_host'],
  ['sinch', { requestHost: 'localhost' }, 404, 'own_request_host'],
  ['wavix', {}, 403, 'registered_first'],
  ['3cx', {}, 403, 'from_user_is_account'],
  ['asterisk', {}, 401, 'from_user_is_account'],
  ['kamailio', {}, 403, 'from_user_is_account'],
  ['kamailio', { from: 'org_1@elsewhere.example' }, 403, 'own_from_host'],
  ['kamailio', { from: 'org_1@127.0.0.1', dialled: '100' }, 404, 'international_dialled'],
] as const)('%s dislikes %j', async (name, dialled, status, rule) => {
  const carrier = await carrierLike(name);
  expect([await dial(await phone(), carrier, dialled), lastDislike(carrier)]).toEqual([status, rule]);
});

test('telnyx takes a caller number in its national form', async () => {
  expect(await dial(await phone(), await carrierLike('telnyx'), { from: '2025550100@127.0.0.1' })).toBe(200);
});

test('twilio says nothing at all to a Request-URI of another trunk', async () => {
  const carrier = await carrierLike('twilio', { domain: 'shop.pstn.twilio.com' });
  void dial(await phone(), carrier);
  await vi.waitFor(() => expect(carrier.verdicts).toHaveLength(1));
  expect(carrier.verdicts[0]).toMatchObject({ status: 0, disliked: 'own_request_host' });
});

test.each([
  ['twilio', 1, 503],
  ['sinch', 1, 603],
  ['plivo', 2, 503],
] as const)('%s takes %i new calls in a second, and answers the next with %i', async (name, calls, status) => {
  const carrier = await carrierLike(name);
  const us = await phone();
  for (let i = 0; i < calls; i += 1) expect(await dial(us, carrier)).toBe(200);
  expect([await dial(us, carrier), lastDislike(carrier)]).toEqual([status, 'rate']);
});

test('plivo takes no REGISTER', async () => {
  const carrier = await carrierLike('plivo');
  const other = await carrierLike('3cx');
  const { status } = await other.register({ host: carrier.host, port: carrier.port }, account);
  expect([status, lastDislike(carrier)]).toEqual([405, 'method']);
});

test('a registrar keeps a registration, calls over it, and forgets it', async () => {
  const carrier = await carrierLike('wavix');
  const { status } = await (await carrierLike('3cx')).register({ host: carrier.host, port: carrier.port }, account);
  expect(status).toBe(200);
  expect(carrier.isRegistered).toBe(true);
  expect(carrier.verdicts.at(-1)?.request.headers.get('Contact')).toMatch(/;rinstance=\d+>$/);
  expect(await dial(await phone(), carrier)).toBe(200);
});

test('the proxies of kamailio stay in the way of a call, which our requests go through', async () => {
  const carrier = await carrierLike('kamailio');
  const us = await phone();
  expect(await dial(us, carrier, { from: 'org_1@127.0.0.1' })).toBe(200);
  const [call] = carrier.calls;
  await call?.acknowledged;
  await us.endpoint.close();
  expect(await call?.ended).toMatchObject({ by: 'peer' });
  expect(carrier.verdicts.map(({ disliked }) => disliked)).not.toContain('route');
});

test('a call of kamailio is hung up through its proxies', async () => {
  const carrier = await carrierLike('kamailio');
  const us = await phone();
  const server = { host: '127.0.0.1', port: us.endpoint.port };
  const { status, call } = await carrier.call({
    server,
    to: '+12025550100',
    from: '+12025550199',
    credentials: account,
  });
  expect(status).toBe(200);
  await us.incoming[0]?.hangup();
  expect(await call?.ended).toMatchObject({ by: 'peer' });
  expect(lastDislike(carrier)).toBeNull();
});

test.each(carrierBehaviours)('$name calls us by UDP and TCP', async ({ name, directMedia }) => {
  const us = await phone();
  const carrier = await carrierLike(name);
  for (const transport of ['udp', 'tcp'] as const) {
    const server = { host: '127.0.0.1', port: us.endpoint.port, transport };
    const placed = await carrier.call({ server, to: '+12025550100', from: '+12025550199', credentials: account });
    expect([placed.status, placed.mediaMoved]).toEqual([200, directMedia ? 200 : undefined]);
    await placed.call?.hangup();
  }
});

test('a call without the password of the trunk ends with the challenge', async () => {
  const us = await phone();
  const carrier = await carrierLike('twilio');
  const server = { host: '127.0.0.1', port: us.endpoint.port };
  const { status, call } = await carrier.call({ server, to: '+12025550100', from: '+12025550199' });
  expect([status, call]).toEqual([401, undefined]);
});

test('asterisk watches the trunk with OPTIONS', async () => {
  const us = await phone();
  expect(await (await carrierLike('asterisk')).qualify({ host: '127.0.0.1', port: us.endpoint.port })).toBe(200);
});

test('3cx names an address in SDP that cannot be reached', async () => {
  const us = await phone();
  const server = { host: '127.0.0.1', port: us.endpoint.port };
  const { call } = await (await carrierLike('3cx')).call({ server, to: '100', from: '101', credentials: account });
  expect(us.incoming[0]?.request.body.toString()).toContain('c=IN IP4 127.77.77.7');
  await call?.hangup();
});

test('a call that rings and is given up gets 487', async () => {
  const carrier = await carrierLike('telnyx', { reaction: 'ring' });
  const { endpoint } = await phone();
  const { promise, resolve } = Promise.withResolvers<number>();
  const call = endpoint.call({
    target: `sip:+12025550199@127.0.0.1:${carrier.port}`,
    from: 'sip:+12025550100@127.0.0.1',
    sdp: audioOffer({ address: '127.0.0.1', port: 40_000, codecs: ['PCMU'], sessionId: 1 }),
    credentials: account,
    handlers: { ringing: () => void call.hangup(), refused: resolve, ended: () => resolve(0) },
  });
  await promise;
  expect(carrier.verdicts.at(-1)).toMatchObject({ method: 'INVITE', status: 487 });
});

test('a busy line is busy', async () => {
  const carrier = await carrierLike('telnyx', { reaction: { status: 486, reason: 'Busy Here' } });
  expect(await dial(await phone(), carrier)).toBe(486);
});

test('a carrier answers an offer of ours in mid-call, through its proxies', async () => {
  const carrier = await carrierLike('kamailio');
  const { endpoint } = await phone();
  const sdp = (sessionVersion: number) =>
    audioOffer({ address: '127.0.0.1', port: 40_000, codecs: ['PCMA'], sessionId: 1, sessionVersion });
  const answered = Promise.withResolvers<void>();
  const call = endpoint.call({
    target: `sip:+12025550199@127.0.0.1:${carrier.port}`,
    from: `sip:${account.username}@127.0.0.1`,
    sdp: sdp(1),
    credentials: account,
    handlers: { answered: () => answered.resolve() },
  });
  await answered.promise;
  expect(await call.change(sdp(2))).toMatchObject({ kind: 'agreed' });
  expect(carrier.verdicts.map(({ disliked }) => disliked)).not.toContain('route');
  await call.hangup();
});
