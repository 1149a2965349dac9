import { describe, expect, it } from 'vitest';
import type { IncomingCall } from '../../src/index.ts';
import { answerFor, openEndpoint } from '../support/endpoints.ts';
import { startKamailio } from '../support/kamailio.ts';
import { placeCall } from '../support/place-call.ts';
import { startRegistration } from '../support/registering.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();

describe.each(['udp', 'tcp', 'tls'] as const)('a registration at Kamailio over %s', (transport) => {
  it('answers SHA-256, and brings the calls of the carrier in', async () => {
    const kamailio = await startKamailio('kamailio-registrar.cfg', { certificate });
    const calls: IncomingCall[] = [];
    const authorizations: string[] = [];
    const endpoint = await openEndpoint({
      // Neither credentials nor a policy: only what comes along the registration is let in.
      onInvite: (call) => {
        calls.push(call);
        call.answer(answerFor(call));
      },
      onMessage: ({ direction, bytes }) => {
        const [, algorithm, nc] = /^Authorization:.*algorithm=([\w-]+),.*nc=(\w+)/m.exec(bytes.toString()) ?? [];
        if (direction === 'out' && algorithm) authorizations.push(`${algorithm} ${nc}`);
      },
    });
    const port = transport === 'tls' ? kamailio.tlsPort : kamailio.port;
    const { registration, reached } = startRegistration(endpoint, `sip:127.0.0.1:${port};transport=${transport}`, {
      addressOfRecord: 'sip:trunk@127.0.0.1',
      tls: { authoritiesPem: certificate.certificatePem },
    });
    await reached('registered');

    const customer = await openEndpoint();
    const call = placeCall(customer, `sip:+12025550100@127.0.0.1:${kamailio.port}`, { credentials: undefined });
    await call.answered;
    const [incoming] = calls;
    expect([incoming?.owner, incoming?.style]).toEqual(['carrier-trunk', 'registration']);
    expect(incoming?.request.to.uri.user).toBe('+12025550100');
    expect(incoming?.source.transport).toBe(transport);
    // Through the carrier's Record-Route and back.
    await incoming?.hangup();
    expect(await call.ended).toMatchObject({ by: 'remote' });

    await registration.stop();
    expect(registration.status.state).toBe('stopped');
    // The farewell used the nonce of the registration once more.
    expect(authorizations).toEqual(['SHA-256 00000001', 'SHA-256 00000002']);
    const late = placeCall(customer, `sip:+12025550100@127.0.0.1:${kamailio.port}`, { credentials: undefined });
    expect(await late.refused).toMatchObject({ status: 480 });
  });
});
