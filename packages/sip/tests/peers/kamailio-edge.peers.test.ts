import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall, SipEndpoint } from '../../src/index.ts';
import { type Baresip, startBaresip } from '../support/baresip.ts';
import { answerFor, authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { type Kamailio, startKamailio } from '../support/kamailio.ts';
import { placeCall } from '../support/place-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();

interface Scene {
  readonly kamailio: Kamailio;
  readonly endpoint: SipEndpoint;
  readonly baresip: Baresip;
  readonly calls: readonly IncomingCall[];
  readonly ended: readonly CallEnd[];
  /** Directions of the offers that baresip made within its calls. */
  readonly offered: readonly (string | undefined)[];
  /** Method and Route of the requests that we sent. */
  readonly sent: readonly (readonly [method: string, route: string])[];
}

/** baresip, registered with us through Kamailio: `outside` is spoken between those two, `inside` between Kamailio and us. */
async function openScene(outside: 'udp' | 'tcp' | 'tls', inside: 'udp' | 'tls'): Promise<Scene> {
  const calls: IncomingCall[] = [];
  const ended: CallEnd[] = [];
  const offered: (string | undefined)[] = [];
  const sent: (readonly [string, string])[] = [];
  const told: string[] = [];
  const endpoint = await openEndpoint({
    authentication,
    tls: { port: 0, ...certificate },
    registrar: { registered: (_, kind) => told.push(kind), unregistered: (_, reason) => told.push(reason) },
    onInvite: (call) => {
      calls.push(call);
      call.handle({
        offered: ({ media: [audio] }) => {
          offered.push(audio?.attributes.find(({ name }) => /^(send|recv|inactive)/.test(name))?.name);
          return answerFor(call).replace('a=sendrecv', 'a=recvonly');
        },
        ended: (end) => ended.push(end),
      });
      call.answer(answerFor(call));
    },
    onMessage: ({ direction, bytes }) => {
      const text = bytes.toString();
      const [, method] = /^([A-Z]+) sip/.exec(text) ?? [];
      if (direction === 'out' && method)
        sent.push([method, [...text.matchAll(/^Route: (.*)\r$/gm)].map(([, route]) => route).join(', ')]);
    },
  });
  const ourPort = inside === 'tls' ? endpoint.tlsPort : endpoint.port;
  const kamailio = await startKamailio('kamailio-edge.cfg', {
    certificate,
    defines: { OUTSIDE: `"${outside}"`, INSIDE: `"sip:127.0.0.1:${ourPort};transport=${inside}"` },
  });
  const port = outside === 'tls' ? kamailio.tlsPort : kamailio.port;
  const baresip = await startBaresip({
    account: `<sip:trunk@127.0.0.1:${port};transport=${outside}>;auth_pass=secret;regint=60;answermode=auto`,
    authoritiesPem: certificate.certificatePem,
  });
  await expect.poll(() => told, { timeout: 15_000 }).toEqual(['new']);
  return { kamailio, endpoint, baresip, calls, ended, offered, sent };
}

/** In any order, since each transport has processes of its own; a slow machine sends some again. */
function noted(kamailio: Kamailio, notes: readonly string[]): Promise<void> {
  const each = (all: readonly string[]) => [...new Set(all)].toSorted();
  return expect.poll(() => each(kamailio.notes()), { timeout: 5_000 }).toEqual(each(notes));
}

describe.each([
  ['udp', 'tls'],
  ['tcp', 'udp'],
  ['tls', 'udp'],
] as const)('Kamailio as an edge with %s outside and %s inside', (outside, inside) => {
  it('stays in the way of a call to us', async () => {
    const { kamailio, baresip, calls, ended, offered, sent } = await openScene(outside, inside);
    const port = outside === 'tls' ? kamailio.tlsPort : kamailio.port;
    baresip.command('dial', `sip:+12025550100@127.0.0.1:${port};transport=${outside}`);
    await baresip.event('CALL_ESTABLISHED');
    const [call] = calls;
    if (!call) throw new Error('no call');
    expect([call.owner, call.source.transport]).toEqual(['organisation-1', inside]);
    const routes = call.request.headers.getAll('Record-Route').join(', ').split(', ');
    expect(routes).toHaveLength(2);
    expect(routes[0]).toContain(inside === 'udp' ? `sip:127.0.0.1:${kamailio.port};` : `transport=${inside}`);

    baresip.command('hold');
    await expect.poll(() => offered, { timeout: 5_000 }).toEqual(['sendonly']);
    expect(await call.change(offer.replace('a=sendrecv', 'a=inactive'))).toMatchObject({ kind: 'agreed' });
    await call.hangup();
    expect(ended).toMatchObject([{ by: 'local', status: 200 }]);
    await baresip.event('CALL_CLOSED');
    const ways = ['INVITE', 'ACK', 'BYE'].map((method) => `${method} ${routes.join(', ')}`);
    expect(new Set(sent.map((one) => one.join(' ')))).toEqual(new Set(ways));
    const ofPhone = ['INVITE from a phone', 'ACK', 'INVITE'];
    const ofOurs = ['INVITE', 'ACK', 'BYE'];
    await noted(kamailio, [
      ...ofPhone.map((note) => `${outside} ${note}`),
      ...ofOurs.map((note) => `${inside} ${note}`),
    ]);
  });

  it('stays in the way of a call from us, along the Path of the registration', async () => {
    const { kamailio, endpoint, baresip, sent } = await openScene(outside, inside);
    const [binding] = endpoint.registeredUsers?.find('organisation-1') ?? [];
    if (!binding) throw new Error('baresip is not registered');
    const placed = placeCall(endpoint, binding.contact, {
      along: binding.flow,
      headers: { Route: binding.path.join(', ') },
    });
    await placed.answered;
    await baresip.event('CALL_ESTABLISHED');
    expect(await placed.call.change(offer.replace('a=sendrecv', 'a=sendonly'))).toMatchObject({ kind: 'agreed' });
    baresip.command('hangup');
    expect(await placed.ended).toMatchObject({ by: 'remote' });
    const first = sent[0]?.[1];
    const rest = sent.filter(([, route]) => route !== first);
    expect(first).toBe(binding.path.join(', '));
    const routes = [...new Set(rest.map(([, route]) => route))];
    expect(new Set(rest.map(([method]) => method))).toEqual(new Set(['ACK', 'INVITE']));
    expect(routes).toEqual([expect.stringMatching(/^<[^>]+;r2=on[^>]*>, <[^>]+;r2=on[^>]*>$/)]);
    expect(routes[0]).toContain(inside === 'udp' ? `<sip:127.0.0.1:${kamailio.port};` : `transport=${inside}`);
    const ofOurs = ['INVITE to a phone', 'ACK', 'INVITE'];
    await noted(kamailio, [...ofOurs.map((note) => `${inside} ${note}`), `${outside} BYE`]);
  });
});
