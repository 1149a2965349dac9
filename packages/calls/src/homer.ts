import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { hepPacket, type LocalPlace, type MessageTrace, type SipEndpoint, withoutSecrets } from '@dialplane/sip';
import { callIdIn } from './sip-traces.ts';

export interface HomerOptions {
  /** Name or address of the capture server. */
  readonly host: string;
  readonly port: number;
  /** Tells this server from others that send to the same Homer; 32 bits. */
  readonly agentId: number;
  /** Our end of a flow. */
  localPlace: SipEndpoint['localPlace'];
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
  let isClosed = false;
  return {
    take(trace) {
      const text = trace.bytes.toString('latin1');
      const callId = callIdIn(text);
      if (callId === undefined) return;
      void options.localPlace(trace.flow).then((here) => {
        if (!isClosed) send(trace, text, callId, here);
      });
    },
    close: () => {
      isClosed = true;
      socket.close();
    },
  };

  function send({ atMs, direction, flow }: MessageTrace, text: string, callId: string, here: LocalPlace): void {
    const { remoteAddress: address, remotePort: port, transport } = flow;
    const there = { address, port };
    const [source, destination] = direction === 'in' ? [there, here] : [here, there];
    const payload = Buffer.from(withoutSecrets(text), 'latin1');
    const packet = hepPacket({ atMs, transport, source, destination, payload }, callId, options.agentId);
    socket.send(packet, options.port, options.host, () => {});
  }
}
