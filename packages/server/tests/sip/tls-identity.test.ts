import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSelfSignedCertificate, type TlsIdentity } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTlsIdentity, TlsFileError } from '../../src/sip/tls-identity.ts';
import { silentLog } from '../test-store.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialplane-tls-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const plain = () => ({ dataDir, sipTls: undefined, publicAddress: 'sip.example.com', host: '::', sipHost: undefined });

function files(name: string): { readonly certFile: string; readonly keyFile: string } {
  const made = makeSelfSignedCertificate({ names: [name], validFromMs: Date.now(), validDays: 1 });
  const pair = { certFile: join(dataDir, 'cert.pem'), keyFile: join(dataDir, 'key.pem') };
  writeFileSync(pair.certFile, made.certificatePem);
  writeFileSync(pair.keyFile, made.privateKeyPem);
  return pair;
}

test('a certificate is made once, and its key is for its owner alone', () => {
  const first = openTlsIdentity(plain(), silentLog);
  expect(first.certificate).toMatchObject({ isSelfSigned: true, dnsNames: ['sip.example.com'] });
  expect(statSync(join(dataDir, 'sip-tls-key.pem')).mode & 0o777).toBe(0o600);
  expect(openTlsIdentity(plain(), silentLog).certificate.fingerprint).toBe(first.certificate.fingerprint);
});

test('one that has ended is made anew', () => {
  const ended = makeSelfSignedCertificate({ names: ['sip.example.com'], validFromMs: 0, validDays: 1 });
  writeFileSync(join(dataDir, 'sip-tls-certificate.pem'), ended.certificatePem);
  writeFileSync(join(dataDir, 'sip-tls-key.pem'), ended.privateKeyPem);
  expect(openTlsIdentity(plain(), silentLog).certificate.validUntilMs).toBeGreaterThan(Date.now());
});

test('renewed files are taken over; a pair that does not fit is not', () => {
  const keeper = openTlsIdentity({ ...plain(), sipTls: files('old.example') }, silentLog);
  const changes: TlsIdentity[] = [];
  const stop = keeper.watch((identity) => changes.push(identity));
  keeper.reload();
  expect(changes).toEqual([]);
  const { keyFile } = files('new.example');
  keeper.reload();
  expect(changes).toHaveLength(1);
  expect(keeper.certificate.dnsNames).toEqual(['new.example']);
  writeFileSync(keyFile, makeSelfSignedCertificate({ names: ['x'], validFromMs: 0, validDays: 1 }).privateKeyPem);
  keeper.reload();
  expect(changes).toHaveLength(1);
  expect(keeper.certificate.dnsNames).toEqual(['new.example']);
  stop();
});

test.each<[string, () => void, RegExp]>([
  ['missing', () => {}, /cannot be read \(ENOENT\)/],
  ['no PEM', () => void [files('a'), writeFileSync(join(dataDir, 'cert.pem'), 'hello')], /must hold a certificate/],
  [
    'of another certificate',
    () => {
      files('a');
      const other = makeSelfSignedCertificate({ names: ['b'], validFromMs: 0, validDays: 1 });
      writeFileSync(join(dataDir, 'key.pem'), other.privateKeyPem);
    },
    /is not that of the certificate/,
  ],
])('files that are %s are explained', (_name, prepare, sentence) => {
  prepare();
  const sipTls = { certFile: join(dataDir, 'cert.pem'), keyFile: join(dataDir, 'key.pem') };
  expect(() => openTlsIdentity({ ...plain(), sipTls }, silentLog)).toThrow(TlsFileError);
  expect(() => openTlsIdentity({ ...plain(), sipTls }, silentLog)).toThrow(sentence);
});
