import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/**
 * The address of ours that faces a server, for SDP and Contact: the system picks the interface when a socket is connected,
 * and connecting UDP sends nothing. Rejects with a sentence when the name cannot be resolved or there is no route.
 */
export function localAddressTowards(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    socket.once('error', (cause: NodeJS.ErrnoException) => {
      socket.close();
      const reason = cause.code ?? cause.message;
      reject(
        new Error(`There is no way to ${host} from here (${reason}). Check the address of the server.`, { cause }),
      );
    });
    socket.once('connect', () => {
      const { address } = socket.address();
      socket.close();
      resolve(address);
    });
    socket.connect(port, host);
  });
}
