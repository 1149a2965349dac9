import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/**
 * The address of ours that faces a server, for SDP and Contact: the system picks the interface when a socket is connected,
 * and connecting UDP sends nothing. Rejects when the name cannot be resolved or there is no route.
 */
export function localAddressTowards(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const fail = (error: Error) => {
      socket.close();
      reject(error);
    };
    socket.once('error', fail);
    socket.connect(port, host, () => {
      const { address } = socket.address();
      socket.close();
      resolve(address);
    });
  });
}
