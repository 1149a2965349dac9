import type { Socket } from 'node:net';
import { createServer, rootCertificates, type Server, type TLSSocket } from 'node:tls';
import { sourceKey } from '../guard/source-key.ts';
import { peerCertificate } from './certificate.ts';
import type { PeerCertificate } from './flow.ts';
import { plainAddress } from './udp.ts';

/** Our certificate (with its chain) and its key, in PEM. */
export interface TlsIdentity {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** Authorities of client certificates to trust beside those that come with Node. */
  readonly clientAuthoritiesPem?: string;
}

/** A handshake takes two round trips; who needs longer holds memory and keys for nothing. */
const HANDSHAKE_TIMEOUT_MS = 5_000;

/** A handshake costs about a millisecond of CPU: this many at once are half a second in which calls wait. */
const MAX_HANDSHAKES = 256;

/** So that one source cannot have them all. */
const MAX_HANDSHAKES_PER_SOURCE = 10;

/** Turns accepted streams into TLS; a client's certificate is asked for, and judged by whoever admits its calls. */
export class TlsAcceptor {
  readonly #server: Server;
  /** Sources of the handshakes going on, by address and port. */
  readonly #handshakes = new Map<string, string>();
  readonly #perSource = new Map<string, number>();
  #refused = 0;

  constructor(identity: TlsIdentity, secured: (socket: TLSSocket, certificate: PeerCertificate | undefined) => void) {
    this.#server = createServer({
      ...contextOf(identity),
      minVersion: 'TLSv1.2',
      requestCert: true,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      noDelay: true,
    });
    this.#server.on('secureConnection', (socket) => {
      this.#finished(`${plainAddress(socket.remoteAddress ?? '')} ${socket.remotePort}`);
      const certificate = readableCertificate(socket);
      if (certificate === 'unreadable') socket.destroy();
      else secured(socket, certificate);
    });
    this.#server.on('tlsClientError', (_, socket) => socket.destroy());
  }

  /** Handshakes not begun, because too many were going on. */
  get refused(): number {
    return this.#refused;
  }

  /** A new certificate, for the connections from now on. @throws Error of `node:tls` when it cannot be used. */
  setIdentity(identity: TlsIdentity): void {
    this.#server.setSecureContext({ ...contextOf(identity), minVersion: 'TLSv1.2' });
  }

  /** Begins the handshake. */
  accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    const source = sourceKey(address);
    const ofSource = this.#perSource.get(source) ?? 0;
    if (this.#handshakes.size >= MAX_HANDSHAKES || ofSource >= MAX_HANDSHAKES_PER_SOURCE) {
      this.#refused++;
      socket.destroy();
      return;
    }
    const handshake = `${address} ${socket.remotePort}`;
    this.#handshakes.set(handshake, source);
    this.#perSource.set(source, ofSource + 1);
    socket.once('close', () => this.#finished(handshake));
    this.#server.emit('connection', socket);
  }

  #finished(handshake: string): void {
    const source = this.#handshakes.get(handshake);
    if (source === undefined) return;
    this.#handshakes.delete(handshake);
    const left = (this.#perSource.get(source) ?? 0) - 1;
    if (left > 0) this.#perSource.set(source, left);
    else this.#perSource.delete(source);
  }
}

/** Anybody may show any certificate: one that OpenSSL takes and we cannot read must not end the process. */
function readableCertificate(socket: TLSSocket): PeerCertificate | undefined | 'unreadable' {
  try {
    const certificate = socket.getPeerX509Certificate();
    return certificate && peerCertificate(certificate.raw, socket.authorized);
  } catch {
    return 'unreadable';
  }
}

function contextOf({ certificatePem, privateKeyPem, clientAuthoritiesPem }: TlsIdentity) {
  const authorities = clientAuthoritiesPem === undefined ? {} : { ca: [...rootCertificates, clientAuthoritiesPem] };
  return { cert: certificatePem, key: privateKeyPem, ...authorities };
}
