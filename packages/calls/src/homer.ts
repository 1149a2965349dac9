import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { hepPacket, type MessageTrace, withoutSecrets } from '@dialplane/sip';
import { callIdIn } from './sip-traces.ts';

export interface HomerOptions {
  /** Name or address of the capture server. */
  readonly host: string;
  readonly port: number;
  /** Tells this server from others that send to the same Homer; 32 bits. */
  readonly agentId: number;
  /** Our side of a message. */
  local(trace: MessageTrace): { readonly address: string; readonly port: number };
}

/** Sends every SIP message to a Homer as it goes by (HEP3 over UDP). What gets lost is lost. */
export interface Homer {
  take(trace: MessageTrace): void;
  close(): void;
}

export function openHomer(options: HomerOptions): Homer {
  const socket: Socket = createSocket(isIPv6(options.host) ? 'udp6' : 'udp4');
  // A capture server that is away must not end the process, nor fill the log.
  socket.on('error', () => {});
  socket.unref();
  return {
    take(trace) {
      const text = trace.bytes.toString('latin1');
      const callId = callIdIn(text);
      if (callId === undefined) return;
      const { remoteAddress: address, remotePort: port, transport } = trace.flow;
      const [here, there] = [options.local(trace), { address, port }];
      const [source, destination] = trace.direction === 'in' ? [there, here] : [here, there];
      const payload = Buffer.from(withoutSecrets(text), 'latin1');
      const packet = hepPacket({ atMs: trace.atMs, transport, source, destination, payload }, callId, options.agentId);
      socket.send(packet, options.port, options.host, () => {});
    },
    close: () => socket.close(),
  };
}
