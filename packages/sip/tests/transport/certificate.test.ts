import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSelfSignedCertificate, readCertificate } from '../../src/index.ts';

describe('a self-signed certificate', () => {
  it('names every host, holds as long as wished, and verifies itself', () => {
    const validFromMs = Date.UTC(2030, 0, 2, 3, 4, 5);
    const names = ['sip.example.com', '192.0.2.1', '2001:db8::1'] as const;
    const { certificatePem, privateKeyPem } = makeSelfSignedCertificate({
      names: [...names],
      validFromMs,
      validDays: 365,
    });
    expect(readCertificate(certificatePem)).toEqual({
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      subject: 'CN=sip.example.com',
      issuer: 'CN=sip.example.com',
      commonName: 'sip.example.com',
      sipUris: ['sip:sip.example.com'],
      dnsNames: ['sip.example.com'],
      ipAddresses: ['192.0.2.1', '2001:DB8:0:0:0:0:0:1'],
      validFromMs,
      validUntilMs: validFromMs + 365 * 86_400_000,
      isSelfSigned: true,
    });
    const x509 = new X509Certificate(certificatePem);
    expect(x509.verify(x509.publicKey)).toBe(true);
    expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    expect(x509.checkIP('2001:db8::1')).toBeDefined();
  });

  it('writes years after 2049 with four digits (RFC 5280 4.1.2.5)', () => {
    const validFromMs = Date.UTC(2049, 11, 31);
    const { certificatePem } = makeSelfSignedCertificate({ names: ['a.example'], validFromMs, validDays: 1 });
    expect(readCertificate(certificatePem).validUntilMs).toBe(Date.UTC(2050, 0, 1));
  });

  it('has room for many names', () => {
    const names = Array.from({ length: 40 }, (_, index) => `host-${index}.example.com`);
    const { certificatePem } = makeSelfSignedCertificate({
      names: ['first.example.com', ...names],
      validFromMs: Date.now(),
      validDays: 1,
    });
    expect(readCertificate(certificatePem).dnsNames).toEqual(['first.example.com', ...names]);
  });
});
