/** The SIP messages of a call as a capture file. */
import { pcapHeader, pcapRecord } from '@dialplane/sip';
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { sipMessages } from '../store/schema.ts';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Our end where it was not kept: messages stored before there was a column for it. */
const unknownPlace = '0.0.0.0:5060';
/** Every transport that the store may name; another one is shown as UDP, as all are framed. */
const transports = ['udp', 'tcp', 'tls'] as const;

/** A libpcap file, with the addresses that packets had on the wire. */
export async function captureOf(
  db: Database,
  call: { readonly id: string; readonly orgId: string; readonly startedAt: Date },
): Promise<Buffer> {
  const rows = await db
    .select()
    .from(sipMessages)
    .where(and(eq(sipMessages.orgId, call.orgId), eq(sipMessages.callId, call.id)))
    .orderBy(asc(sipMessages.number));
  const records = rows.map((row) => {
    const transport = transports.find((one) => one === row.transport) ?? 'udp';
    const [there, here] = [readPlace(row.remote), readPlace(row.local ?? unknownPlace)];
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
