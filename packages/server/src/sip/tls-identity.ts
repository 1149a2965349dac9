/** The certificate SIP over TLS is spoken with: the operator's, or one of our own making. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { type CertificateDetails, makeSelfSignedCertificate, readCertificate, type TlsIdentity } from '@dialplane/sip';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { readOwnerOnlyFile, writeOwnerOnlyFile } from '../owner-only-file.ts';
import { publicAddress } from '../public-address.ts';

/** Peers pin the fingerprint by hand, so it lasts as long as an installation. */
const selfMadeDays = 3650;
/** Certificates are renewed weeks before they end; a minute later is soon enough. */
const watchMs = 60_000;

/** The certificate or its key cannot be used; the message is a sentence with the next step. */
export class TlsFileError extends Error {
  readonly code = 'tls_file_unusable';
  readonly errorClass = 'theirs';
}

type TlsConfig = Pick<Config, 'sipTls' | 'dataDir' | 'publicAddress' | 'host' | 'sipHost'>;

export interface TlsIdentityKeeper {
  readonly identity: TlsIdentity;
  /** Of the certificate that is in use now. */
  readonly certificate: CertificateDetails;
  /** Calls back with every changed pair of files that can be used. @returns what ends it. */
  watch(onChange: (identity: TlsIdentity) => void): () => void;
  /** Reads the files at once, as on SIGHUP. */
  reload(): void;
}

/** @throws {TlsFileError} */
export function openTlsIdentity(config: TlsConfig, log: Pick<Logger, 'info' | 'error'>): TlsIdentityKeeper {
  const { certFile, keyFile } = config.sipTls ?? selfMadeFiles(config);
  let identity = readPair(certFile, keyFile);
  let certificate = readCertificate(identity.certificatePem);
  let changed: (identity: TlsIdentity) => void = () => {};

  function reload(): void {
    try {
      const next = readPair(certFile, keyFile);
      if (next.certificatePem === identity.certificatePem && next.privateKeyPem === identity.privateKeyPem) return;
      changed(next);
      identity = next;
      certificate = readCertificate(next.certificatePem);
      log.info({ fingerprint: certificate.fingerprint }, 'SIP over TLS has a new certificate');
    } catch (error) {
      // The certificate and its key are two files: in between they do not fit, and the next look finds both.
      log.error({ err: error }, 'the certificate of SIP over TLS was not replaced; the former one stays in use');
    }
  }

  return {
    get identity() {
      return identity;
    },
    get certificate() {
      return certificate;
    },
    watch(onChange) {
      changed = onChange;
      for (const file of [certFile, keyFile]) watchFile(file, { interval: watchMs, persistent: false }, reload);
      return () => {
        for (const file of [certFile, keyFile]) unwatchFile(file, reload);
      };
    },
    reload,
  };
}

function readPair(certFile: string, keyFile: string): TlsIdentity {
  const certificatePem = read(certFile);
  const privateKeyPem = read(keyFile);
  let fits: boolean;
  try {
    fits = new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TlsFileError(`${certFile} and ${keyFile} must hold a certificate and its key as PEM (${why}).`);
  }
  if (!fits) throw new TlsFileError(`The key in ${keyFile} is not that of the certificate in ${certFile}.`);
  return { certificatePem, privateKeyPem };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TlsFileError(`${file} cannot be read (${why}). Correct the path or the file's permissions.`);
  }
}

/** Made on the first start, and anew when it has ended. */
function selfMadeFiles(config: TlsConfig): { readonly certFile: string; readonly keyFile: string } {
  const certFile = join(config.dataDir, 'sip-tls-certificate.pem');
  const keyFile = join(config.dataDir, 'sip-tls-key.pem');
  const known = readOwnerOnlyFile(certFile);
  if (known === null || readOwnerOnlyFile(keyFile) === null || readCertificate(known).validUntilMs < Date.now()) {
    const others = config.sipHost === undefined ? [] : [config.sipHost];
    const made = makeSelfSignedCertificate({
      names: [publicAddress(config), ...others],
      validFromMs: Date.now(),
      validDays: selfMadeDays,
    });
    writeOwnerOnlyFile(keyFile, made.privateKeyPem, 'replace');
    writeOwnerOnlyFile(certFile, made.certificatePem, 'replace');
  }
  return { certFile, keyFile };
}
