import { describe, expect, it } from 'vitest';
import { credentials, offer, openEndpoint } from '../support/endpoints.ts';
import { startKamailio } from '../support/kamailio.ts';
import { placeCall } from '../support/place-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();
const tls = { authoritiesPem: certificate.certificatePem };
const start = () => startKamailio('kamailio-carrier.cfg', { certificate });

describe('Kamailio as a carrier', () => {
  it.each(['udp', 'tcp', 'tls'] as const)(
    'takes our answers to SHA-256 before and within a call over %s',
    async (transport) => {
      const kamailio = await start();
      const algorithms: string[] = [];
      const endpoint = await openEndpoint({
        onMessage: ({ direction, bytes }) => {
          const [, algorithm] = /^Proxy-Authorization:.*algorithm=([\w-]+)/m.exec(bytes.toString()) ?? [];
          if (direction === 'out' && algorithm) algorithms.push(algorithm);
        },
      });
      const port = transport === 'tls' ? kamailio.tlsPort : kamailio.port;
      const placed = placeCall(endpoint, `sip:+12025550100@127.0.0.1:${port};transport=${transport}`, { tls });
      await placed.answered;
      expect(await placed.call.change(offer.replace('a=sendrecv', 'a=sendonly'))).toMatchObject({ kind: 'agreed' });
      await placed.call.hangup();
      expect(await placed.ended).toMatchObject({ by: 'local', status: 200 });
      // In any order: Kamailio has several processes.
      const expected = ['ACK', 'ACK', 'BYE trunk known', 'INVITE asked', 'INVITE trunk known', 'INVITE trunk known'];
      await expect
        .poll(() => kamailio.notes().toSorted(), { timeout: 5_000 })
        .toEqual(expected.map((note) => `${transport} ${note}`));
      expect(new Set(algorithms)).toEqual(new Set(['SHA-256']));
    },
  );

  it('does not take a wrong password, and is not asked for ever', async () => {
    const kamailio = await start();
    const target = `sip:+12025550100@127.0.0.1:${kamailio.port}`;
    const { refused } = placeCall(await openEndpoint(), target, { credentials: { ...credentials, password: 'wrong' } });
    expect(await refused).toMatchObject({ status: 407 });
    await expect.poll(() => kamailio.notes(), { timeout: 5_000 }).toEqual(['udp INVITE asked', 'udp INVITE asked']);
  });

  it('is not called when nobody we trust vouches for its certificate', async () => {
    const kamailio = await start();
    const target = `sip:+12025550100@127.0.0.1:${kamailio.tlsPort};transport=tls`;
    const placed = placeCall(await openEndpoint(), target);
    expect(await placed.refused).toMatchObject({
      status: 503,
      reason: expect.stringContaining('vouched for by nobody we trust'),
    });
    expect(kamailio.notes()).toEqual([]);
  });

  it('is called with the certificate of the trunk where it wants one', async () => {
    const kamailio = await startKamailio('kamailio-carrier.cfg', { certificate, wantsClientCertificate: true });
    const target = `sip:+12025550100@127.0.0.1:${kamailio.tlsPort};transport=tls`;
    const without = placeCall(await openEndpoint(), target, { tls });
    expect(await without.refused).toMatchObject({ status: 503 });
    expect(kamailio.notes()).toEqual([]);
    const placed = placeCall(await openEndpoint(), target, { tls: { ...tls, ...certificate } });
    await placed.answered;
    await placed.call.hangup();
    expect(await placed.ended).toMatchObject({ by: 'local', status: 200 });
  });
});
