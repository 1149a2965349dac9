/** The SIP messages of a call as a capture file. */
import { isIP } from 'node:net';
import { parseMessage, parseNameAddr, pcapHeader, pcapRecord, SipParseError } from '@dialplane/sip';
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { sipMessages } from '../store/schema.ts';
import type { SipMessageRow } from './sip-messages.ts';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Where messages name no address of ours. */
const defaultPorts: Readonly<Record<string, number>> = { udp: 5060, tcp: 5060, tls: 5061 };
/** Every transport that the store may name; another one is shown as UDP, as all are framed. */
const transports = ['udp', 'tcp', 'tls'] as const;

/**
 * A libpcap file. Our side is the address that our own messages name: the one the other side sent to, also behind NAT.
 * @param publicAddress of this server, for calls whose messages name none.
 */
export async function captureOf(
  db: Database,
  call: { readonly id: string; readonly orgId: string; readonly startedAt: Date },
  publicAddress: string | undefined,
): Promise<Buffer> {
  const rows = await db
    .select()
    .from(sipMessages)
    .where(and(eq(sipMessages.orgId, call.orgId), eq(sipMessages.callId, call.id)))
    .orderBy(asc(sipMessages.number));
  const named = rows.map(placeInOwnMessage).find((place) => place !== undefined);
  const records = rows.map((row) => {
    const transport = transports.find((one) => one === row.transport) ?? 'udp';
    const there = readPlace(row.remote);
    const here = placeInOwnMessage(row) ?? named ?? unnamed(publicAddress, transport);
    const [source, destination] = row.direction === 'in' ? [there, here] : [here, there];
    const atMs = call.startedAt.getTime() + row.atMs;
    return pcapRecord({ atMs, transport, source, destination, payload: Buffer.from(row.text) });
  });
  return Buffer.concat([pcapHeader(), ...records]);
}

/** `192.0.2.1:5060` or `[2001:db8::1]:5060`. */
function readPlace(text: string): Place {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

/** Our Contact, or in a request the place in our Via (RFC 3261 8.1.1.7, 8.1.1.8). */
function placeInOwnMessage({ direction, transport, text }: SipMessageRow): Place | undefined {
  if (direction === 'in') return undefined;
  try {
    const message = parseMessage(Buffer.from(text));
    const contact = message.headers.get('Contact');
    const named = contact === undefined ? message.kind === 'request' && message.via : parseNameAddr(contact).uri;
    if (!named) return undefined;
    const { host, port } = named;
    const address = host.replace(/^\[|\]$/g, '');
    return isIP(address) === 0 ? undefined : { address, port: port ?? defaultPorts[transport] ?? 5060 };
  } catch (error) {
    if (error instanceof SipParseError) return undefined;
    throw error;
  }
}

function unnamed(publicAddress: string | undefined, transport: string): Place {
  const isAddress = publicAddress !== undefined && isIP(publicAddress) !== 0;
  return { address: isAddress ? publicAddress : '0.0.0.0', port: defaultPorts[transport] ?? 5060 };
}
