import { addressBytes } from '../guard/ip-address.ts';
import type { Endpoint, TracedPacket } from './traced-packet.ts';

/** libpcap's file format (draft-ietf-opsawg-pcap 4): written in microseconds, big-endian. */
const MAGIC = 0xa1b2c3d4;
const VERSION_MAJOR = 2;
const VERSION_MINOR = 4;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

/** LINKTYPE_RAW: each packet begins with its IPv4 or IPv6 header (draft-ietf-opsawg-pcaplinktype). */
const LINKTYPE_RAW = 101;

/** The longest packet an IPv4 header can tell of (RFC 791 3.1). */
const LONGEST_PACKET_BYTES = 65_535;

const UDP = 17;
const UDP_HEADER_BYTES = 8;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
/** What most hosts send with (RFC 1700). */
const HOP_LIMIT = 64;

/** The head of a capture file. */
export function pcapHeader(): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  header.writeUInt32BE(MAGIC, 0);
  header.writeUInt16BE(VERSION_MAJOR, 4);
  header.writeUInt16BE(VERSION_MINOR, 6);
  header.writeUInt32BE(LONGEST_PACKET_BYTES, 16);
  header.writeUInt32BE(LINKTYPE_RAW, 20);
  return header;
}

/**
 * One message as a record of the file. All transports are framed as UDP, since what a stream's segments and what the
 * cipher of TLS looked like is not known; the topmost Via names the true one. What does not fit into a packet is cut.
 */
export function pcapRecord({ atMs, source, destination, payload }: TracedPacket): Buffer {
  const [from, to] = sameFamily(source, destination);
  const ipBytes = from.length === 4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
  const room = LONGEST_PACKET_BYTES - ipBytes - UDP_HEADER_BYTES;
  const datagram = udpDatagram(from, source.port, to, destination.port, payload.subarray(0, room));
  const ip = from.length === 4 ? ipv4Header(from, to, datagram.length) : ipv6Header(from, to, datagram.length);
  const record = Buffer.alloc(RECORD_HEADER_BYTES);
  const micros = Math.round(atMs * 1000);
  record.writeUInt32BE(Math.floor(micros / 1e6), 0);
  record.writeUInt32BE(micros % 1e6, 4);
  record.writeUInt32BE(ip.length + datagram.length, 8);
  record.writeUInt32BE(ip.length + datagram.length, 12);
  return Buffer.concat([record, ip, datagram]);
}

function udpDatagram(from: Uint8Array, fromPort: number, to: Uint8Array, toPort: number, payload: Uint8Array): Buffer {
  const datagram = Buffer.alloc(UDP_HEADER_BYTES + payload.length);
  datagram.writeUInt16BE(fromPort, 0);
  datagram.writeUInt16BE(toPort, 2);
  datagram.writeUInt16BE(datagram.length, 4);
  datagram.set(payload, UDP_HEADER_BYTES);
  // RFC 768 and RFC 8200 8.1: over addresses, length, protocol and the datagram; 0 would mean that there is none.
  const pseudo = sum(from) + sum(to) + datagram.length + UDP;
  datagram.writeUInt16BE(checksum(pseudo + sum(datagram)) || 0xffff, 6);
  return datagram;
}

/** RFC 791 3.1. */
function ipv4Header(from: Uint8Array, to: Uint8Array, payloadBytes: number): Buffer {
  const header = Buffer.alloc(IPV4_HEADER_BYTES);
  header[0] = 0x45;
  header.writeUInt16BE(IPV4_HEADER_BYTES + payloadBytes, 2);
  header[8] = HOP_LIMIT;
  header[9] = UDP;
  header.set(from, 12);
  header.set(to, 16);
  header.writeUInt16BE(checksum(sum(header)), 10);
  return header;
}

/** RFC 8200 3. */
function ipv6Header(from: Uint8Array, to: Uint8Array, payloadBytes: number): Buffer {
  const header = Buffer.alloc(IPV6_HEADER_BYTES);
  header[0] = 0x60;
  header.writeUInt16BE(payloadBytes, 4);
  header[6] = UDP;
  header[7] = HOP_LIMIT;
  header.set(from, 8);
  header.set(to, 24);
  return header;
}

/** Both addresses in one family; what cannot be read is the unspecified address. */
function sameFamily(source: Endpoint, destination: Endpoint): [Uint8Array, Uint8Array] {
  const from = addressBytes(source.address) ?? new Uint8Array(4);
  const to = addressBytes(destination.address) ?? new Uint8Array(4);
  return from.length === to.length ? [from, to] : [mapped(from), mapped(to)];
}

/** RFC 4291 2.5.5.2. */
function mapped(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 16) return bytes;
  return Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, ...bytes]);
}

/** 16-bit words, not folded yet; below 2^32 for any packet. */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 2) total += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  return total;
}

/** The one's complement of the one's complement sum (RFC 1071). */
function checksum(total: number): number {
  let folded = total;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}
