import { appendSipMessages } from '../src/calls/sip-messages.ts';
import type { Database } from '../src/store/database.ts';
import { insertCall, insertSession } from './test-calls.ts';

const startedAt = new Date('2026-02-03T04:05:06.000Z');

/** An SDP body with its key taken out, as it is stored. */
const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 192.0.2.7',
  's=-',
  'c=IN IP4 192.0.2.7',
  't=0 0',
  'm=audio 40000 RTP/AVP 0',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  '',
].join('\r\n');

function message(start: string, transport: string, peer: string, headers: readonly string[], body = ''): string {
  const lines = [
    start,
    `Via: SIP/2.0/${transport} ${peer};branch=z9hG4bK1`,
    'From: <sip:+12025550123@carrier.example>;tag=a',
    'To: <sip:+12025550100@dialplane.example>;tag=b',
    'Call-ID: traced',
    'CSeq: 1 INVITE',
    ...headers,
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A call of one INVITE and its answer, as telephony stores them. @param family of both ends' addresses. */
export async function insertTracedCall(
  db: Database,
  orgId: string,
  transport: 'udp' | 'tls',
  family: 4 | 6,
): Promise<string> {
  const sessionId = await insertSession(db, orgId);
  const id = await insertCall(db, orgId, { sessionId, startedAt, events: [['ended', 900, {}]] });
  const [peer, own] =
    family === 4 ? ['192.0.2.7:5070', '198.51.100.1:5060'] : ['[2001:db8::7]:5070', '[2001:db8::1]:5061'];
  const via = transport.toUpperCase();
  const invite = message('INVITE sip:+12025550100@dialplane.example SIP/2.0', via, peer, ['Max-Forwards: 70'], sdp);
  const ok = message('SIP/2.0 200 OK', via, peer, ['Contact: <sip:sip.example.com>'], sdp);
  const call = { id, orgId, sessionId, startedAt, history: [] };
  await appendSipMessages(db, call, [
    { atMs: startedAt.getTime(), direction: 'in', transport, remote: peer, local: own, text: invite },
    { atMs: startedAt.getTime() + 12.5, direction: 'out', transport, remote: peer, local: own, text: ok },
  ]);
  return id;
}
