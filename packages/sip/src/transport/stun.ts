import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { TransportError } from './transport-error.ts';
import { plainAddress } from './udp.ts';

/** RFC 8489 5: type, length, cookie, transaction. */
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
/** RFC 8489 14.1, 14.2. */
const MAPPED_ADDRESS = 0x0001;
const XOR_MAPPED_ADDRESS = 0x0020;

/** RFC 8489 6.2.1 begins with 500 ms and doubles; after three tries nobody is there. */
const WAITS_MS = [500, 1000, 2000];

export interface StunOptions {
  /** Name or literal address of the STUN server. */
  readonly host: string;
  /** RFC 8489 18.5. Default 3478. */
  readonly port?: number;
  readonly family?: 4 | 6;
}

export interface MappedAddress {
  readonly address: string;
  readonly port: number;
}

/** Asks a STUN server under which address we appear on the Internet (RFC 8489). @throws TransportError */
export async function askStunServer({ host, port = 3478, family = 4 }: StunOptions): Promise<MappedAddress> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  const transaction = randomBytes(12);
  const request = Buffer.alloc(HEADER_BYTES);
  request.writeUInt16BE(BINDING_REQUEST, 0);
  request.writeUInt32BE(MAGIC_COOKIE, 4);
  transaction.copy(request, 8);
  const answered = Promise.withResolvers<MappedAddress>();
  // The loop below may have given up by then.
  answered.promise.catch(() => {});
  socket.on('error', (error) => answered.reject(error));
  socket.on('message', (bytes) => {
    const mapped = readBindingResponse(bytes, transaction);
    if (mapped) answered.resolve(mapped);
  });
  try {
    for (const waitMs of WAITS_MS) {
      socket.send(request, port, host, (error) => {
        if (error) answered.reject(error);
      });
      const mapped = await Promise.race([answered.promise, pause(waitMs)]);
      if (mapped) return mapped;
    }
  } catch (cause) {
    throw noAnswer(host, port, cause);
  } finally {
    socket.close();
  }
  throw noAnswer(host, port);
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}

function noAnswer(host: string, port: number, cause?: unknown): TransportError {
  return new TransportError(
    'unreachable',
    'unknown',
    `The STUN server ${host} port ${port} did not tell our public address. Check its name and that UDP may leave, or set PUBLIC_ADDRESS.`,
    { cause },
  );
}

/** The address in a success response to that transaction; undefined for anything else. */
export function readBindingResponse(bytes: Buffer, transaction: Buffer): MappedAddress | undefined {
  if (bytes.length < HEADER_BYTES || bytes.readUInt16BE(0) !== BINDING_SUCCESS) return undefined;
  if (bytes.readUInt32BE(4) !== MAGIC_COOKIE || !bytes.subarray(8, HEADER_BYTES).equals(transaction)) return undefined;
  const end = Math.min(bytes.length, HEADER_BYTES + bytes.readUInt16BE(2));
  let plain: MappedAddress | undefined;
  for (let at = HEADER_BYTES; at + 4 <= end; ) {
    const type = bytes.readUInt16BE(at);
    const value = bytes.subarray(at + 4, Math.min(end, at + 4 + bytes.readUInt16BE(at + 2)));
    if (type === XOR_MAPPED_ADDRESS) return mappedAddress(value, bytes.subarray(4, HEADER_BYTES));
    // Only servers of RFC 3489 send nothing else.
    if (type === MAPPED_ADDRESS) plain = mappedAddress(value, Buffer.alloc(HEADER_BYTES - 4));
    // Attributes are padded to four bytes.
    at += 4 + ((bytes.readUInt16BE(at + 2) + 3) & ~3);
  }
  return plain;
}

function mappedAddress(value: Buffer, mask: Buffer): MappedAddress | undefined {
  const length = value[1] === 2 ? 16 : 4;
  if (value.length < 4 + length) return undefined;
  const port = value.readUInt16BE(2) ^ mask.readUInt16BE(0);
  const bytes = Buffer.from(value.subarray(4, 4 + length).map((byte, index) => byte ^ (mask[index] ?? 0)));
  if (length === 4) return { address: bytes.join('.'), port };
  const words = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  const address = words.join(':');
  return isIPv6(address) ? { address: plainAddress(shortest(address)), port } : undefined;
}

/** RFC 5952 form, as everything else writes it. */
function shortest(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
