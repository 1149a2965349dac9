import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { StreamFraming } from '../../src/transport/stream-framing.ts';
import { Inbox, PATIENCE_MS, type RawPeer } from '../support/raw-peer.ts';

/** A peer that is called over TCP, and answers on the connection that was made to it. */
export async function listenForTcp(): Promise<RawPeer> {
  const inbox = new Inbox();
  let connection: Socket | undefined;
  const server = createServer((socket) => {
    connection = socket;
    const framing = new StreamFraming({ message: (bytes) => inbox.put(bytes), ping() {} });
    socket.on('data', (bytes) => framing.push(bytes));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    connection?.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    send: (message) => void connection?.write(message),
    next: (condition = () => true, withinMs = PATIENCE_MS) => inbox.next(condition, withinMs),
    during: (ms) => inbox.during(ms),
  };
}
