import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A relay between one caller and one endpoint that loses every second datagram of each direction, the first one too. */
export async function openLossyLink(
  targetPort: number,
): Promise<{ readonly port: number; readonly lost: () => number }> {
  const [outer, inner] = [createSocket('udp4'), createSocket('udp4')];
  let callerPort = 0;
  let counted = [0, 0];
  let lost = 0;
  const loses = (direction: 0 | 1) => {
    const isLost = (counted[direction] ?? 0) % 2 === 0;
    counted = counted.map((count, index) => (index === direction ? count + 1 : count));
    if (isLost) lost++;
    return isLost;
  };
  outer.on('message', (bytes, source) => {
    callerPort = source.port;
    if (!loses(0)) inner.send(bytes, targetPort, '127.0.0.1');
  });
  inner.on('message', (bytes) => {
    if (!loses(1)) outer.send(bytes, callerPort, '127.0.0.1');
  });
  for (const socket of [outer, inner]) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
  }
  return { port: outer.address().port, lost: () => lost };
}
