import { once } from 'node:events';
import { createConnection, isIP, type Socket } from 'node:net';
import { connect, rootCertificates, type TLSSocket } from 'node:tls';
import { peerCertificate } from './certificate.ts';
import type { PeerCertificate } from './flow.ts';
import { identityError } from './tls-identity.ts';
import { connectionError, systemError, TransportError } from './transport-error.ts';

/** How a connection to one peer is secured; the same values mean the same connection. */
export interface TlsClientOptions {
  /** Shown when the peer asks for a certificate, with its key (mutual TLS). */
  readonly certificatePem?: string;
  readonly privateKeyPem?: string;
  /** Authorities to trust beside those that come with Node. */
  readonly authoritiesPem?: string;
  /** Whom the certificate must name when the URI has only a literal address. */
  readonly serverName?: string;
  /** Default true. False takes any certificate, which protects from listeners but not from impostors. */
  readonly verify?: boolean;
}

export interface DialOptions {
  readonly address: string;
  readonly port: number;
  /** Address to connect from; the system chooses without it. */
  readonly localAddress: string | undefined;
  readonly timeoutMs: number;
  /** Gives up at once. */
  readonly signal: AbortSignal;
}

/** A TCP connection. @throws TransportError */
export async function dialTcp(options: DialOptions): Promise<Socket> {
  const { address, port, localAddress } = options;
  const socket = createConnection({
    host: address,
    port,
    noDelay: true,
    ...(localAddress === undefined ? {} : { localAddress }),
  });
  await established(socket, 'connect', `${address} port ${port} over TCP`, options);
  return socket;
}

export interface TlsDialOptions extends DialOptions {
  /** Whom the certificate must name: the host as configured, before DNS was asked (RFC 5922 4). */
  readonly serverName: string;
  readonly tls: TlsClientOptions;
}

/** A TLS connection whose peer proved its name, unless that was waived. @throws TransportError */
export async function dialTls(
  options: TlsDialOptions,
): Promise<{ readonly socket: TLSSocket; readonly peerCertificate: PeerCertificate | undefined }> {
  const { address, port, localAddress, serverName, tls } = options;
  const place = `${serverName} (${address} port ${port}) over TLS`;
  let socket: TLSSocket;
  try {
    socket = connect({
      host: address,
      port,
      minVersion: 'TLSv1.2',
      // RFC 6066 3: no literal addresses in the server name.
      ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
      ...(localAddress === undefined ? {} : { localAddress }),
      ...(tls.certificatePem === undefined ? {} : { cert: tls.certificatePem }),
      ...(tls.privateKeyPem === undefined ? {} : { key: tls.privateKeyPem }),
      ...(tls.authoritiesPem === undefined ? {} : { ca: [...rootCertificates, tls.authoritiesPem] }),
      rejectUnauthorized: tls.verify ?? true,
      checkServerIdentity: (_, certificate) => identityFault(serverName, certificate.raw),
    });
  } catch (error) {
    throw new TransportError(
      'tls_settings_unusable',
      'ours',
      `The certificate, key or authorities for ${serverName} cannot be used (${systemError(error).message}). Upload them again in PEM form.`,
      { cause: error },
    );
  }
  await established(socket, 'secureConnect', place, options);
  const certificate = socket.getPeerX509Certificate();
  return { socket, peerCertificate: certificate && peerCertificate(certificate.raw, socket.authorized) };
}

/** Asked from within the handshake, where nobody would catch what is thrown. */
function identityFault(serverName: string, certificate: Buffer): Error | undefined {
  try {
    return identityError(serverName, certificate);
  } catch (error) {
    const text = `The certificate of ${serverName} cannot be read (${systemError(error).message}). Ask the carrier for a new one.`;
    return new TransportError('tls_untrusted', 'theirs', text, { cause: error });
  }
}

async function established(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  place: string,
  { timeoutMs, signal }: Pick<DialOptions, 'timeoutMs' | 'signal'>,
): Promise<void> {
  let isConnected = false;
  socket.once('connect', () => {
    isConnected = true;
  });
  const timer = setTimeout(() => socket.destroy(isConnected ? silence(place) : timeout(place)), timeoutMs);
  try {
    await once(socket, event, { signal });
  } catch (error) {
    socket.destroy();
    throw tlsError(error, place) ?? connectionError(error, place);
  } finally {
    clearTimeout(timer);
  }
}

function timeout(place: string): TransportError {
  return new TransportError(
    'connection_timeout',
    'unknown',
    `${place} did not answer in time: a firewall may drop the packets. Check address, port and firewall rules.`,
  );
}

function silence(place: string): TransportError {
  return new TransportError(
    'tls_handshake_failed',
    'theirs',
    `${place} took the connection and then said nothing. Check that this port speaks TLS.`,
  );
}

/** OpenSSL's words for what is wrong with a certificate or handshake. */
function tlsError(error: unknown, place: string): TransportError | undefined {
  if (error instanceof TransportError) return error;
  const { code = '', message } = systemError(error);
  const options = { cause: error };
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    const when = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
    const text = `The certificate of ${place} ${when}. Ask the carrier to renew it, and check this machine's clock.`;
    return new TransportError('tls_expired', 'theirs', text, options);
  }
  if (untrustedCodes.has(code)) {
    const text = `The certificate of ${place} is vouched for by nobody we trust (${code}). Give the authority that issued it to the trunk, or ask the carrier for its chain.`;
    return new TransportError('tls_untrusted', 'theirs', text, options);
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || message.includes('secure TLS connection')) {
    const text = `No TLS could be agreed on with ${place} (${message}). Check that this port speaks TLS 1.2 or later, and whether it wants a client certificate.`;
    return new TransportError('tls_handshake_failed', 'unknown', text, options);
  }
  return undefined;
}

const untrustedCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'INVALID_CA',
  'CERT_REVOKED',
]);
