import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall } from '../../src/index.ts';
import { answerFor, authentication, credentials, openEndpoint } from '../support/endpoints.ts';
import { startLinphone } from '../support/linphone.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor(['localhost']);

/** A TLS endpoint that answers, and linphonec with the credentials of its trunk. */
async function openPair(authoritiesPem: string) {
  const calls: IncomingCall[] = [];
  const ended: CallEnd[] = [];
  const endpoint = await openEndpoint({
    authentication: {
      ...authentication,
      algorithmsFor: () => ['SHA-256'],
      findCredential: async () => ({ password: 'secret', owner: 'organisation-1', algorithms: ['SHA-256'] as const }),
    },
    tls: { port: 0, ...certificate },
    onInvite: (call) => {
      calls.push(call);
      call.handle({ ended: (end) => ended.push(end) });
      call.answer(answerFor(call));
    },
  });
  const serverPort = endpoint.tlsPort ?? 0;
  const linphone = await startLinphone({ serverPort, ...credentials, realm: 'dialplane', authoritiesPem });
  linphone.command(`call sip:+12025550100@localhost:${serverPort};transport=tls`);
  return { endpoint, linphone, calls, ended };
}

describe('linphonec over TLS', () => {
  it('verifies our certificate, answers a SHA-256 challenge, and is hung up by either side', async () => {
    const { endpoint, linphone, calls, ended } = await openPair(certificate.certificatePem);
    // We ask for a client certificate but need none, and linphonec wants to hear that from its user.
    await linphone.said('Password for (null)');
    linphone.command('none');
    await linphone.said('Media streams established');
    expect(calls[0]?.source).toMatchObject({ transport: 'tls', remoteAddress: '127.0.0.1' });
    expect(calls[0]?.request.headers.get('Authorization')).toContain('algorithm=SHA-256');
    linphone.command('terminate');
    await expect.poll(() => ended, { timeout: 10_000 }).toMatchObject([{ by: 'remote' }]);

    // Over the same connection.
    linphone.command(`call sip:+12025550100@localhost:${endpoint.tlsPort};transport=tls`);
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(2);
    await calls[1]?.hangup();
    expect(endpoint.transportCounters.connections.open).toBe(1);
    expect(ended[1]).toMatchObject({ by: 'local', status: 200 });
  });

  it('does not call a server whose certificate it cannot verify', async () => {
    const { linphone, calls } = await openPair(certificateFor(['localhost']).certificatePem);
    await linphone.said('error');
    expect(calls).toEqual([]);
  });
});
