import { addressBytes } from '../guard/ip-address.ts';
import type { TracedPacket } from './traced-packet.ts';

/** Chunks of the Homer Encapsulation Protocol 3 (HEP/EEP specification, rev. 12, section "Generic chunk types"). */
const chunk = {
  family: 0x0001,
  protocol: 0x0002,
  sourceIpv4: 0x0003,
  destinationIpv4: 0x0004,
  sourceIpv6: 0x0005,
  destinationIpv6: 0x0006,
  sourcePort: 0x0007,
  destinationPort: 0x0008,
  seconds: 0x0009,
  microseconds: 0x000a,
  kind: 0x000b,
  agentId: 0x000c,
  payload: 0x000f,
  correlation: 0x0011,
} as const;

/** Vendor 0: chunk types that everybody knows. */
const GENERIC = 0;
const CHUNK_HEADER_BYTES = 6;
/** `HEP3` and the length of it all. */
const PACKET_HEADER_BYTES = 6;
/** Lengths are 16 bits. */
const LONGEST_PACKET_BYTES = 65_535;

/** AF_INET and AF_INET6 as Linux numbers them. */
const family = { 4: 2, 16: 10 } as const;
/** IANA protocol numbers; TLS runs over TCP. */
const protocol = { udp: 17, tcp: 6, tls: 6 } as const;
/** Protocol type of chunk 0x000b. */
const SIP = 1;

/** @param agentId tells this server from others that send to the same Homer; 32 bits. */
export function hepPacket(packet: TracedPacket, callId: string, agentId: number): Buffer {
  const from = addressBytes(packet.source.address) ?? new Uint8Array(4);
  const to = addressBytes(packet.destination.address) ?? new Uint8Array(4);
  const isIpv6 = from.length === 16;
  const micros = Math.round(packet.atMs * 1000);
  const fields: Buffer[] = [
    bytes(chunk.family, [isIpv6 ? family[16] : family[4]]),
    bytes(chunk.protocol, [protocol[packet.transport]]),
    bytes(isIpv6 ? chunk.sourceIpv6 : chunk.sourceIpv4, from),
    bytes(isIpv6 ? chunk.destinationIpv6 : chunk.destinationIpv4, to),
    uint16(chunk.sourcePort, packet.source.port),
    uint16(chunk.destinationPort, packet.destination.port),
    uint32(chunk.seconds, Math.floor(micros / 1e6)),
    uint32(chunk.microseconds, micros % 1e6),
    bytes(chunk.kind, [SIP]),
    uint32(chunk.agentId, agentId),
    bytes(chunk.correlation, Buffer.from(callId)),
  ];
  const used = fields.reduce((total, one) => total + one.length, PACKET_HEADER_BYTES + CHUNK_HEADER_BYTES);
  fields.push(bytes(chunk.payload, packet.payload.subarray(0, LONGEST_PACKET_BYTES - used)));
  const header = Buffer.from('HEP3\0\0', 'latin1');
  header.writeUInt16BE(
    fields.reduce((total, one) => total + one.length, PACKET_HEADER_BYTES),
    4,
  );
  return Buffer.concat([header, ...fields]);
}

function bytes(type: number, value: ArrayLike<number>): Buffer {
  const field = Buffer.alloc(CHUNK_HEADER_BYTES + value.length);
  field.writeUInt16BE(GENERIC, 0);
  field.writeUInt16BE(type, 2);
  field.writeUInt16BE(field.length, 4);
  field.set(value, CHUNK_HEADER_BYTES);
  return field;
}

function uint16(type: number, value: number): Buffer {
  return bytes(type, [value >> 8, value & 0xff]);
}

function uint32(type: number, value: number): Buffer {
  return bytes(type, [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]);
}
