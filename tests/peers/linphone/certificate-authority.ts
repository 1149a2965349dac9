import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority of Debian's openssl, for certificates that are not their own. */
export interface CertificateAuthority {
  /** Of the authority: what its friends trust. */
  readonly certificatePem: string;
  /** Files of a certificate for a host name, and of its key. */
  issue(host: string): { readonly certFile: string; readonly keyFile: string };
  remove(): void;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export function openCertificateAuthority(): CertificateAuthority {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-authority-'));
  const subject = '/O=Dialplane tests/CN=Authority';
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', subject, '-keyout', 'ca.key', '-out', 'ca.pem');
  return {
    certificatePem: readFileSync(join(directory, 'ca.pem'), 'utf8'),
    issue(host) {
      const [key, request, certificate] = [`${host}.key`, `${host}.csr`, `${host}.pem`];
      writeFileSync(join(directory, 'extensions'), `subjectAltName=DNS:${host}\nbasicConstraints=critical,CA:FALSE\n`);
      openssl('req', '-new', ...newKey, '-subj', `/CN=${host}`, '-keyout', key, '-out', request);
      const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'extensions'];
      openssl('x509', '-req', '-in', request, ...authority, '-days', '1', '-out', certificate);
      return { certFile: join(directory, certificate), keyFile: join(directory, key) };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };

  function openssl(...arguments_: string[]): void {
    const { status, stderr, error } = spawnSync('openssl', arguments_, { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${arguments_[0]} failed: ${error?.message ?? stderr}`);
  }
}
