import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseUri } from '../../src/message/uri.ts';
import type { TransportsOptions } from '../../src/transport/transports.ts';
import { Transports } from '../../src/transport/transports.ts';
import { FakeClock } from './fake-clock.ts';

/** Transports on a clock that only moves when told to; closed with the test. */
export async function openTransports(options: Partial<TransportsOptions> = {}) {
  const clock = new FakeClock();
  const transports = await Transports.open({
    host: '127.0.0.1',
    port: 0,
    advertised: undefined,
    clock,
    message() {},
    connectionLost() {},
    ...options,
  });
  onTestFinished(() => transports.close());
  return { clock, transports };
}

/** A TCP server that keeps what it hears and answers only when told to. */
export async function openListener() {
  const heard: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => heard.push(bytes.toString('latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { heard, sockets, uri: parseUri(`sip:127.0.0.1:${port};transport=tcp`) };
}
