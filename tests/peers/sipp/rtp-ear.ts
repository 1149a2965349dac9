import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Link } from './run-sipp.ts';

/** What comes to the port that sipp names in its descriptions. */
export interface RtpEar {
  readonly port: number;
  readonly packets: readonly { readonly atMs: number; readonly payloadType: number }[];
  close(): void;
}

export async function openRtpEar({ host }: Link): Promise<RtpEar> {
  const packets: { atMs: number; payloadType: number }[] = [];
  const socket = host === '[::1]' ? createSocket('udp6').bind(0, '::1') : createSocket('udp4').bind(0, '127.0.0.1');
  socket.on('message', (packet) => {
    // RTCP, which goes to the same port where it is multiplexed, has types from 64 on in these bits (RFC 5761 4).
    const payloadType = (packet[1] ?? 0) & 0x7f;
    if (payloadType < 64 || payloadType >= 96) packets.push({ atMs: performance.now(), payloadType });
  });
  await once(socket, 'listening');
  return { port: socket.address().port, packets, close: () => socket.close() };
}
