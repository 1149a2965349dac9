import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type IncomingCall, readCertificate, type TlsClientOptions } from '../../src/index.ts';
import { isIdentityOf } from '../../src/transport/tls-identity.ts';
import { answerFor, authentication, openEndpoint } from '../support/endpoints.ts';
import { openStreamNat } from '../support/nat.ts';
import { placeCall } from '../support/place-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();
const trusting: TlsClientOptions = { authoritiesPem: certificate.certificatePem };

/** No subject, no alternative names: made with `openssl req -x509 -subj /`. */
const nameless = {
  certificatePem: readFileSync(new URL('../fixtures/tls/nameless.pem', import.meta.url), 'utf8'),
  privateKeyPem: readFileSync(new URL('../fixtures/tls/nameless-key.pem', import.meta.url), 'utf8'),
};

/** A TLS endpoint that answers, and one that calls it by a name. */
async function openPair(server = certificate, clientAuthoritiesPem?: string) {
  const calls: IncomingCall[] = [];
  const authorities = clientAuthoritiesPem === undefined ? {} : { clientAuthoritiesPem };
  const callee = await openEndpoint({
    authentication,
    tls: { port: 0, ...server, ...authorities },
    onInvite: (call) => {
      calls.push(call);
      call.answer(answerFor(call));
    },
  });
  const caller = await openEndpoint();
  const dial = (tls: TlsClientOptions, host = 'localhost') =>
    placeCall(caller, `sip:1@${host}:${callee.tlsPort};transport=tls`, { tls });
  return { callee, caller, calls, dial };
}

describe('TLS', () => {
  it('refuses a certificate for another name and says both names', async () => {
    const other = certificateFor(['pbx.example.com']);
    const { dial } = await openPair(other);
    const { status, reason } = await dial({ authoritiesPem: other.certificatePem }).refused;
    expect(status).toBe(503);
    expect(reason).toContain('sip:pbx.example.com, pbx.example.com, not for "localhost"');
  });

  it('refuses an expired certificate', async () => {
    const expired = certificateFor(['localhost'], Date.now() - 10 * 86_400_000, 5);
    const { dial } = await openPair(expired);
    expect((await dial({ authoritiesPem: expired.certificatePem }).refused).reason).toContain('has expired');
  });

  it('refuses a certificate nobody vouches for', async () => {
    const { dial } = await openPair();
    expect((await dial({}).refused).reason).toContain('vouched for by nobody we trust');
  });

  it('takes any certificate when told not to verify', async () => {
    const { dial, calls } = await openPair(certificateFor(['pbx.example.com']));
    await dial({ verify: false }).answered;
    expect(calls[0]?.source).toMatchObject({ transport: 'tls', remoteAddress: '127.0.0.1' });
    expect(calls[0]?.source.peerCertificate).toBeUndefined();
  });

  it('shows the certificate of a client, trusted or not (mutual TLS)', async () => {
    const client = certificateFor(['carrier.example']);
    const identity = { certificatePem: client.certificatePem, privateKeyPem: client.privateKeyPem };
    for (const isTrusted of [true, false]) {
      const { dial, calls } = await openPair(certificate, isTrusted ? client.certificatePem : undefined);
      await dial({ ...trusting, ...identity }).answered;
      expect(calls[0]?.source.peerCertificate).toEqual({
        fingerprint: readCertificate(client.certificatePem).fingerprint,
        sipUris: ['sip:carrier.example'],
        dnsNames: ['carrier.example'],
        commonName: 'carrier.example',
        isTrusted,
      });
    }
  });

  it('takes a client whose certificate names nobody (RFC 5280 4.1.2.6)', async () => {
    const { dial, calls } = await openPair();
    await dial({ ...trusting, ...nameless }).answered;
    expect(calls[0]?.source.peerCertificate).toEqual({
      fingerprint: readCertificate(nameless.certificatePem).fingerprint,
      sipUris: [],
      dnsNames: [],
      isTrusted: false,
    });
  });

  it('calls nobody whose certificate names nobody', async () => {
    const { dial } = await openPair(nameless);
    const { reason } = await dial({ authoritiesPem: nameless.certificatePem }).refused;
    expect(reason).toContain('is for (no name), not for "localhost"');
  });

  it('looks for a name of our choice when it calls an address', async () => {
    const named = certificateFor(['sip.carrier.example']);
    const { dial } = await openPair(named);
    const authoritiesPem = named.certificatePem;
    expect((await dial({ authoritiesPem }, '127.0.0.1').refused).reason).toContain('not for "127.0.0.1"');
    await dial({ authoritiesPem, serverName: 'sip.carrier.example' }, '127.0.0.1').answered;
    expect((await dial({ authoritiesPem, serverName: 'sip.carrier.example' }).refused).status).toBe(503);
  });

  it('connects again to the address in a Contact for the rest of a call, and looks for the same name', async () => {
    const named = certificateFor(['localhost']);
    const { callee, caller } = await openPair(named);
    const nat = await openStreamNat('127.0.0.1', callee.tlsPort ?? 0);
    const tls = { authoritiesPem: named.certificatePem };
    const call = placeCall(caller, `sip:1@localhost:${nat.port};transport=tls`, { tls });
    await call.answered;
    nat.cut();
    await expect.poll(() => caller.transportCounters.connections.open).toBe(0);
    await call.call.hangup();
    expect(await call.ended).toEqual({ by: 'local', status: 200 });
  });

  it('says that a key cannot be used', async () => {
    const { dial } = await openPair();
    const { reason } = await dial({ ...trusting, certificatePem: certificate.certificatePem, privateKeyPem: 'x' })
      .refused;
    expect(reason).toContain('cannot be used');
  });

  it('says that a port speaks no TLS', async () => {
    const { caller } = await openPair();
    const plain = await openEndpoint();
    const call = placeCall(caller, `sip:1@localhost:${plain.port};transport=tls`, { tls: trusting });
    expect((await call.refused).reason).toContain('No TLS could be agreed on with localhost');
  });

  it('uses a connection again, but not one that was made with other credentials', async () => {
    const { dial, callee } = await openPair();
    await dial(trusting).answered;
    await dial(trusting).answered;
    expect(callee.transportCounters.connections.open).toBe(1);
    await dial({ verify: false }).answered;
    expect(callee.transportCounters.connections.open).toBe(2);
  });

  it('calls back over the connection of a peer that proved its name (RFC 5923)', async () => {
    const { dial, callee, calls, caller } = await openPair(certificate, certificate.certificatePem);
    const identity = { certificatePem: certificate.certificatePem, privateKeyPem: certificate.privateKeyPem };
    await dial({ ...trusting, ...identity }).answered;
    // Nothing listens for TLS at the caller: only its own connection leads back to it.
    const back = placeCall(callee, 'sip:1@localhost:5061;transport=tls');
    expect((await back.refused).status).toBe(403);
    expect(caller.transportCounters.connections.open).toBe(1);
    expect(calls).toHaveLength(1);
  });

  it('takes a new certificate while it runs', async () => {
    const { dial, callee } = await openPair();
    const renewed = certificateFor();
    callee.setTlsIdentity(renewed);
    await dial({ authoritiesPem: renewed.certificatePem }).answered;
    await dial(trusting).refused;
    const plain = await openEndpoint();
    expect(() => plain.setTlsIdentity(renewed)).toThrow('TLS is not listened for');
  });

  it('speaks nothing older than TLS 1.2', async () => {
    const { callee } = await openPair();
    const options = { host: '127.0.0.1', port: callee.tlsPort ?? 0, rejectUnauthorized: false } as const;
    const old = connect({ ...options, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    onTestFinished(() => void old.destroy());
    await expect(once(old, 'secureConnect')).rejects.toThrow();
    const recent = connect({ ...options, maxVersion: 'TLSv1.2' });
    onTestFinished(() => void recent.destroy());
    await once(recent, 'secureConnect');
    expect(recent.getProtocol()).toBe('TLSv1.2');
  });

  it('gives a handshake that goes no further five seconds', async () => {
    const { callee } = await openPair();
    const socket = connectTcp({ host: '127.0.0.1', port: callee.tlsPort ?? 0 });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    const beganAtMs = performance.now();
    await once(socket, 'close');
    // Not at once, since a slow phone is none that attacks.
    expect(performance.now() - beganAtMs).toBeGreaterThan(4_500);
    expect(callee.transportCounters.refusedHandshakes).toBe(0);
  }, 15_000);

  it('lets one source begin ten handshakes at a time and no more', async () => {
    const { callee, dial } = await openPair();
    const slow = await Promise.all(
      Array.from({ length: 11 }, async () => {
        const socket = connectTcp({ host: '127.0.0.1', port: callee.tlsPort ?? 0 });
        socket.on('error', () => {});
        onTestFinished(() => void socket.destroy());
        await once(socket, 'connect');
        return socket;
      }),
    );
    await expect.poll(() => callee.transportCounters.refusedHandshakes).toBe(1);
    for (const socket of slow) socket.destroy();
    // Those that are over make room.
    await expect
      .poll(() =>
        dial(trusting).answered.then(
          () => 'answered',
          () => 'refused',
        ),
      )
      .toBe('answered');
  });
});

describe('whose certificate it is (RFC 5922 7)', () => {
  const names = { sipUris: [], dnsNames: [] };
  it.each([
    ['a SIP URI', { ...names, sipUris: ['sip:example.com'] }, true],
    ['a SIP URI in capitals, with a port', { ...names, sipUris: ['sip:EXAMPLE.com:5061'] }, true],
    ['a SIP URI of a user, which is no domain', { ...names, sipUris: ['sip:bob@example.com'] }, false],
    ['a SIP URI of a subdomain', { ...names, sipUris: ['sip:a.example.com'] }, false],
    ['a DNS name', { ...names, dnsNames: ['example.com'] }, true],
    ['a DNS name beside a SIP URI of another', { sipUris: ['sip:other.org'], dnsNames: ['example.com'] }, true],
    ['a common name without alternatives', { ...names, commonName: 'Example.com' }, true],
    ['a common name beside alternatives', { ...names, dnsNames: ['other.org'], commonName: 'example.com' }, false],
    ['a wildcard for everybody', { ...names, dnsNames: ['*.com'] }, false],
  ])('takes or leaves %s', (_, certificateNames, isTheirs) => {
    expect(isIdentityOf('example.com', certificateNames)).toBe(isTheirs);
  });

  it.each([
    ['*.example.com', 'sip.example.com', true],
    ['*.example.com', 'a.sip.example.com', false],
    ['*.example.com', 'example.com', false],
    ['sip.*.com', 'sip.example.com', false],
    ['s*.example.com', 'sip.example.com', false],
  ])('a wildcard stands for the whole first label only: %s, %s', (name, domain, isTheirs) => {
    expect(isIdentityOf(domain, { ...names, dnsNames: [name] })).toBe(isTheirs);
  });
});
