/** The far end of a leg in tests: a plain UDP socket that makes and reads RTP by hand, without the code under test. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { createPortPool, type MediaAddress, openRtpLeg, type RtpLeg, type RtpLegAgreement } from '../src/index.ts';

interface Received {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

export interface Peer {
  readonly socket: Socket;
  readonly address: MediaAddress;
  readonly received: Received[];
  /** Sends one RTP packet; what is not given is PCMU with a byte of payload that says its sequence number. */
  send(
    to: number,
    fields: { sequence: number; timestamp?: number; ssrc?: number; type?: number; payload?: Buffer },
  ): void;
  close(): Promise<void>;
}

export async function openPeer(host = '127.0.0.1', port = 0): Promise<Peer> {
  const socket = createSocket('udp4');
  socket.bind(port, host);
  await once(socket, 'listening');
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise((resolve) => void socket.close(resolve));
    return closing;
  };
  onTestFinished(close);
  const received: Received[] = [];
  socket.on('message', (packet) => {
    received.push({
      marker: packet.readUInt8(1) >= 128,
      payloadType: packet.readUInt8(1) & 127,
      sequence: packet.readUInt16BE(2),
      timestamp: packet.readUInt32BE(4),
      ssrc: packet.readUInt32BE(8),
      payload: packet.subarray(12),
    });
  });
  return {
    socket,
    address: { address: host, port: socket.address().port },
    received,
    send(to, { sequence, timestamp = sequence * 160, ssrc = 1, type = 0, payload = Buffer.from([sequence & 0xff]) }) {
      const head = Buffer.alloc(12);
      head.writeUInt8(0x80, 0);
      head.writeUInt8(type, 1);
      head.writeUInt16BE(sequence, 2);
      head.writeUInt32BE(timestamp, 4);
      head.writeUInt32BE(ssrc, 8);
      socket.send(Buffer.concat([head, payload]), to, '127.0.0.1');
    },
    close,
  };
}

export interface OpenedLeg {
  readonly leg: RtpLeg;
  /** First payload byte of each packet of sound, in the order of arrival. */
  readonly heard: string[];
  readonly digits: string[];
  readonly errors: unknown[];
}

export async function openLeg(agreement?: RtpLegAgreement): Promise<OpenedLeg> {
  const heard: string[] = [];
  const digits: string[] = [];
  const errors: unknown[] = [];
  const leg = await openRtpLeg({
    pool: createPortPool({ min: 10_000, max: 19_999, host: '127.0.0.1' }),
    handlers: {
      onSound: (packet, { payloadFrom }) => heard.push(String(packet.readUInt8(payloadFrom))),
      onDigit: (digit, durationMs) => digits.push(`${digit} ${durationMs}`),
      onError: (error) => errors.push(error),
    },
    ...(agreement && { agreement }),
  });
  onTestFinished(() => leg.close());
  return { leg, heard, digits, errors };
}
