import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface SipRelay {
  readonly port: number;
  close(): void;
}

/** Stands between one telephone and a server, as routers with an ALG do, and alters what the telephone says. */
export async function openSipRelay(serverPort: number, alter: (text: string) => string): Promise<SipRelay> {
  const socket = createSocket('udp4');
  let telephonePort = 0;
  socket.on('message', (bytes, { port }) => {
    if (port === serverPort) {
      socket.send(bytes, telephonePort, '127.0.0.1');
      return;
    }
    telephonePort = port;
    socket.send(Buffer.from(alter(bytes.toString('latin1')), 'latin1'), serverPort, '127.0.0.1');
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, close: () => socket.close() };
}
