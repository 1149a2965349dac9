/**
 * A process of callers who hold the line, each with a socket of its own for sound. Told how many and where by its command
 * line; says when all are answered; asked, says how evenly the packets came since it was last asked.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { audioOffer, createSipEndpoint, type OutgoingCall, readAudioAnswer } from '@dialplane/sip';
import { percentile } from '../percentile.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = 160;
const RTP_HEADER_BYTES = 12;
/** G.711 mu-law of no sound. */
const SILENCE = 0xff;
/** A new caller every so often: a burst of INVITEs is another benchmark's subject. */
const NEXT_CALL_MS = 100;

/** Time between packets, as the callers received them. */
export interface PacketSpacing {
  readonly calls: number;
  readonly packets: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface Callers {
  spacing(): Promise<PacketSpacing>;
  hangUp(): Promise<void>;
}

interface Line {
  readonly socket: Socket;
  readonly packet: Buffer;
  sequence: number;
  lastMs: number;
  remote: { readonly address: string; readonly port: number } | undefined;
}

const [, , target = '', number = '', username = '', password = '', callsText = '0'] = process.argv;
const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'callers' });
const gaps: number[] = [];
const lines: Line[] = [];
const calls: OutgoingCall[] = [];

for (let i = 0; i < Number(callsText); i++) await dial(i);
setInterval(sendFrames, FRAME_MS);

process.on('message', async (question) => {
  if (question === 'spacing') {
    const between = gaps.splice(0);
    process.send?.({
      calls: endpoint.activeCalls,
      packets: between.length,
      p50Ms: percentile(between, 0.5),
      p99Ms: percentile(between, 0.99),
      maxMs: percentile(between, 1),
    } satisfies PacketSpacing);
    return;
  }
  await Promise.all(calls.map((call) => call.hangup()));
  process.exit();
});
process.on('disconnect', () => process.exit());
process.send?.('answered');

async function dial(index: number): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const line: Line = { socket, packet: silentPacket(index), sequence: 0, lastMs: 0, remote: undefined };
  socket.on('message', () => {
    const nowMs = performance.now();
    if (line.lastMs > 0) gaps.push(nowMs - line.lastMs);
    line.lastMs = nowMs;
  });
  const offer = audioOffer({
    address: '127.0.0.1',
    port: socket.address().port,
    codecs: ['PCMU'],
    sessionId: index + 1,
  });
  const answered = Promise.withResolvers<void>();
  calls.push(
    endpoint.call({
      target: `sip:${number}@${target}`,
      from: `sip:+120255503${String(index).padStart(2, '0')}@127.0.0.1`,
      sdp: offer,
      credentials: { username, password },
      handlers: {
        answered(answer) {
          line.remote = answer && readAudioAnswer(answer, offer)?.remote;
          answered.resolve();
        },
        refused: (status, reason) => answered.reject(new Error(`The call was refused with ${status} ${reason}.`)),
      },
    }),
  );
  await answered.promise;
  lines.push(line);
  await new Promise((resolve) => setTimeout(resolve, NEXT_CALL_MS));
}

function sendFrames(): void {
  for (const line of lines) {
    if (!line.remote) continue;
    line.sequence += 1;
    line.packet.writeUInt16BE(line.sequence & 0xffff, 2);
    line.packet.writeUInt32BE((line.sequence * FRAME_SAMPLES) >>> 0, 4);
    line.socket.send(line.packet, line.remote.port, line.remote.address);
  }
}

/** RFC 3550 5.1: version 2, payload type 0. */
function silentPacket(source: number): Buffer {
  const packet = Buffer.alloc(RTP_HEADER_BYTES + FRAME_SAMPLES, SILENCE);
  packet.fill(0, 0, RTP_HEADER_BYTES);
  packet[0] = 0x80;
  packet.writeUInt32BE(source + 1, 8);
  return packet;
}
