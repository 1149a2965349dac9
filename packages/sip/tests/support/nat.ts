import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * A NAT in front of an endpoint: whoever talks to its port reaches the endpoint from another port, and neither side knows
 * the other's real one.
 */
export interface Nat {
  readonly port: number;
  /** Cuts every stream that runs through it. */
  cut(): void;
}

export async function openUdpNat(host: string, targetPort: number): Promise<Nat> {
  const type = host.includes(':') ? 'udp6' : 'udp4';
  const [outer, inner] = [createSocket(type), createSocket(type)];
  let callerPort = 0;
  outer.on('message', (bytes, source) => {
    callerPort = source.port;
    inner.send(bytes, targetPort, host);
  });
  inner.on('message', (bytes) => outer.send(bytes, callerPort, host));
  for (const socket of [outer, inner]) {
    socket.bind(0, host);
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
  }
  return { port: outer.address().port, cut() {} };
}

export async function openStreamNat(host: string, targetPort: number): Promise<Nat> {
  const sockets = new Set<Socket>();
  const server = createServer((outer) => {
    const inner = createConnection({ host, port: targetPort });
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  server.listen(0, host);
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, cut };
}
