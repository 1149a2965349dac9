import { audioOffer, createSipEndpoint, type IncomingCall, negotiateAudio, type SipEndpoint } from '@dialplane/sip';
import { expect, onTestFinished, test, vi } from 'vitest';
import { carrierBehaviours, type SimulatedCarrier, startCarrier } from '../../src/index.ts';

const account = { username: 'org_1', password: 'secret', numbers: ['+12025550100'] };
const local = { address: '127.0.0.1', port: 40_000, codecs: ['PCMU'], sessionId: 1 } as const;

async function carrierLike(name: string): Promise<SimulatedCarrier> {
  const behaviour = carrierBehaviours.find((one) => one.name === name);
  if (!behaviour) throw new Error(`There is no carrier ${name}.`);
  const carrier = await startCarrier({ behaviour, account });
  onTestFinished(() => carrier.close());
  return carrier;
}

/** A server of ours that takes registrations of its trunk, and answers every call. */
async function openServer(): Promise<{ readonly endpoint: SipEndpoint; readonly incoming: IncomingCall[] }> {
  const incoming: IncomingCall[] = [];
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    userAgent: 'server',
    registrar: {},
    authentication: {
      realm: 'dialplane',
      nonceKey: new Uint8Array(32),
      findCredential: async () => ({ password: account.password, owner: 'trunk' }),
    },
    onInvite(call) {
      incoming.push(call);
      const agreed = call.offer && negotiateAudio(call.offer, local);
      if (agreed) call.answer(agreed.answer);
    },
  });
  onTestFinished(() => endpoint.close());
  return { endpoint, incoming };
}

test.each(['wavix', '3cx'])(
  '%s takes our calls once we are registered, and calls us along the registration',
  async (name) => {
    const carrier = await carrierLike(name);
    const { endpoint, incoming } = await openServer();
    const registration = endpoint.register({
      owner: 'trunk-of-the-carrier',
      registrar: `sip:127.0.0.1:${carrier.port}`,
      addressOfRecord: `sip:${account.username}@127.0.0.1`,
      credentials: account,
    });
    await vi.waitFor(() => expect(carrier.isRegistered).toBe(true), 3000);

    const { promise, resolve } = Promise.withResolvers<number>();
    const call = endpoint.call({
      target: `sip:+12025550199@127.0.0.1:${carrier.port}`,
      from: name === '3cx' ? `sip:${account.username}@127.0.0.1` : 'sip:+12025550100@127.0.0.1',
      sdp: audioOffer(local),
      credentials: account,
      handlers: { answered: () => resolve(200), refused: resolve },
    });
    expect(await promise).toBe(200);
    await call.hangup();

    // No password: the flow and the Contact only the carrier knows are proof enough.
    const placed = await carrier.call({ to: '+12025550100', from: '+12025550199' });
    expect(placed.status).toBe(200);
    expect(incoming[0]?.owner).toBe('trunk-of-the-carrier');
    expect(incoming[0]?.request.to.uri.user).toBe('+12025550100');
    await placed.call?.hangup();

    await registration.stop();
    await vi.waitFor(() => expect(carrier.isRegistered).toBe(false), 3000);
  },
);

test.each(['3cx', 'asterisk', 'freepbx'])('%s registers with us', async (name) => {
  const { endpoint } = await openServer();
  const { status, headers } = await (await carrierLike(name)).register(
    { host: '127.0.0.1', port: endpoint.port },
    account,
  );
  expect(status).toBe(200);
  expect(headers.get('Contact')).toContain(name === '3cx' ? ';rinstance=' : `sip:${account.username}@`);
});
