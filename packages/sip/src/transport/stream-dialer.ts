import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { ConnectionKey, Connections } from './connections.ts';
import { dialTcp, dialTls, type TlsClientOptions } from './dial.ts';
import type { Flow } from './flow.ts';
import { isIdentityOf } from './tls-identity.ts';

export interface TlsTarget {
  readonly timeoutMs: number;
  /** Whom the certificate must name. */
  readonly serverName: string;
  readonly tls: TlsClientOptions;
}

/** Connections to where requests have to go: one that exists is used again, one that is being made is waited for. */
export class StreamDialer {
  readonly #connections: Connections;
  readonly #localAddress: string | undefined;
  readonly #pending = new Map<string, Promise<Flow>>();
  readonly #closing = new AbortController();

  /** @param localAddress to connect from; undefined leaves it to the system. */
  constructor(connections: Connections, localAddress: string | undefined) {
    this.#connections = connections;
    this.#localAddress = localAddress;
  }

  /** @throws TransportError */
  tcp(address: string, port: number, timeoutMs: number): Promise<Flow> {
    const key: ConnectionKey = { transport: 'tcp', address, port };
    // A phone behind a NAT is only reached over the connection it made, which its Contact names by the NAT's port.
    const known =
      this.#connections.madeTo(key) ??
      this.#connections.accepted(
        (flow) => flow.transport === 'tcp' && flow.remoteAddress === address && flow.remotePort === port,
      );
    if (known) return Promise.resolve(known.flow);
    return this.#once(`tcp ${address} ${port}`, async () => {
      const socket = await dialTcp({ address, port, timeoutMs, ...this.#common(address) });
      return this.#connections.add(socket, key).flow;
    });
  }

  /**
   * A connection from outside is as good as one of ours when its peer proved the name we would ask for (RFC 5923 4), or
   * when it is the very connection the address names.
   * @throws TransportError
   */
  tls(address: string, port: number, target: TlsTarget): Promise<Flow> {
    const { serverName, tls, timeoutMs } = target;
    const security = `${serverName.toLowerCase()} ${fingerprintOf(tls)}`;
    const key: ConnectionKey = { transport: 'tls', address, port, security };
    const known = this.#connections.madeTo(key) ?? this.#connections.accepted((flow) => isAliasOf(flow, key, target));
    if (known) return Promise.resolve(known.flow);
    return this.#once(`tls ${address} ${port} ${security}`, async () => {
      const place = { address, port, timeoutMs, ...this.#common(address) };
      const { socket, peerCertificate } = await dialTls({ ...place, serverName, tls });
      return this.#connections.add(socket, key, peerCertificate).flow;
    });
  }

  /** Connections that are being made, or asked for from now on, come to nothing. */
  close(): void {
    this.#closing.abort();
  }

  #common(address: string): { readonly localAddress: string | undefined; readonly signal: AbortSignal } {
    const local = this.#localAddress;
    const localAddress = local !== undefined && isIPv6(local) === isIPv6(address) ? local : undefined;
    return { localAddress, signal: this.#closing.signal };
  }

  #once(key: string, dial: () => Promise<Flow>): Promise<Flow> {
    const pending = this.#pending.get(key);
    if (pending) return pending;
    const dialing = dial().finally(() => this.#pending.delete(key));
    this.#pending.set(key, dialing);
    return dialing;
  }
}

function isAliasOf(flow: Flow, { address, port }: ConnectionKey, { serverName }: TlsTarget): boolean {
  if (flow.transport !== 'tls' || flow.remoteAddress !== address) return false;
  if (flow.remotePort === port) return true;
  const { peerCertificate } = flow;
  return peerCertificate?.isTrusted === true && isIdentityOf(serverName, peerCertificate);
}

/** Tells connections with different credentials apart without keeping keys in a table of names. */
function fingerprintOf({ certificatePem, privateKeyPem, authoritiesPem, verify = true }: TlsClientOptions): string {
  const text = JSON.stringify([certificatePem, privateKeyPem, authoritiesPem, verify]);
  return createHash('sha256').update(text).digest('base64');
}
