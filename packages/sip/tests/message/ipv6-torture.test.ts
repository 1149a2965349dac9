import { describe, expect, it } from 'vitest';
import { SipParseError } from '../../src/message/parse-error.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { sessionDescriptionBytes } from '../../src/message/session-body.ts';
import { mediaAddress } from '../../src/sdp/media-address.ts';
import { parseSdp } from '../../src/sdp/parse.ts';
import { authentication, openEndpoint } from '../support/endpoints.ts';
import { openUdpPeer } from '../support/raw-peer.ts';

function message(startLine: string, headers: readonly string[], sdp: readonly string[] = []): Buffer {
  const body = sdp.map((line) => `${line}\r\n`).join('');
  const method = startLine.split(' ', 1)[0];
  const lines = [
    startLine,
    ...headers,
    'Max-Forwards: 70',
    'To: <sip:user@example.com>',
    'From: <sip:user@example.com>;tag=81x2',
    `Call-ID: ${method}-SSG9559905523997077@[2001:db8::1]`,
    `CSeq: 98176 ${method}`,
    ...(sdp.length > 0 ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

const via = 'Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111';
const contact = 'Contact: "Caller" <sip:caller@[2001:db8::1]>';
const session = ['v=0', 'o=assistant 971731711378798081 0 IN IP6 2001:db8::20', 's=Live video feed', 't=0 0'];

/** RFC 5118 4: each message with what the parser says and what a live endpoint answers; 401 for a stranger's good request. */
const messages: readonly (readonly [section: string, bytes: Buffer, parsed: 'accepted' | 400, answered: number])[] = [
  [
    '4.1 a reference in the Request-URI',
    message('REGISTER sip:[2001:db8::10] SIP/2.0', [via, contact]),
    'accepted',
    401,
  ],
  ['4.2 an address without brackets', message('REGISTER sip:2001:db8::10 SIP/2.0', [via, contact]), 400, 400],
  [
    '4.3 what looks like a port inside',
    message('REGISTER sip:[2001:db8::10:5070] SIP/2.0', [via, contact]),
    'accepted',
    401,
  ],
  ['4.4 a port outside', message('REGISTER sip:[2001:db8::10]:5070 SIP/2.0', [via, contact]), 'accepted', 401],
  [
    '4.5 received with brackets',
    message('OPTIONS sip:[2001:db8::10] SIP/2.0', [
      'Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3-111',
    ]),
    'accepted',
    200,
  ],
  [
    '4.5 received without brackets',
    message('OPTIONS sip:[2001:db8::10] SIP/2.0', [
      'Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3-112',
    ]),
    'accepted',
    200,
  ],
  [
    '4.6 IPv6 in the SDP',
    message(
      'INVITE sip:user@[2001:db8::10] SIP/2.0',
      [via, contact],
      [...session, 'c=IN IP6 2001:db8::20', 'm=audio 6000 RTP/AVP 0'],
    ),
    'accepted',
    401,
  ],
  [
    '4.7 both families in the SDP',
    message(
      'INVITE sip:user@[2001:db8::10] SIP/2.0',
      [via, contact],
      [...session, 'c=IN IP6 2001:db8::1', 'm=audio 6000 RTP/AVP 0', 'm=video 6024 RTP/AVP 107', 'c=IN IP4 192.0.2.1'],
    ),
    'accepted',
    401,
  ],
  [
    '4.8 both families in the headers',
    message('OPTIONS sip:user@[2001:db8:0:0:0:0:0:10] SIP/2.0', [
      'Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144',
      'Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200',
      'Route: <sip:[2001:db8::9:1]:6050;lr>, <sip:192.0.2.1;lr>',
    ]),
    'accepted',
    200,
  ],
  [
    '4.9 an IPv4-mapped address',
    message(
      'INVITE sip:user@example.com SIP/2.0',
      ['Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19', 'Contact: <sip:user@[::ffff:192.0.2.2]>'],
      [...session, 'c=IN IP6 ::FFFF:192.0.2.2', 'm=audio 6000 RTP/AVP 0'],
    ),
    'accepted',
    401,
  ],
  ['4.10 the third colon of RFC 3261', message('OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0', [via]), 400, 400],
];

describe('RFC 5118 messages', () => {
  it.each(messages)('%s', async (_, bytes, expected, answered) => {
    const judge = () => {
      try {
        parseMessage(bytes);
        return 'accepted';
      } catch (error) {
        if (!(error instanceof SipParseError)) throw error;
        return error.status;
      }
    };
    expect(judge()).toBe(expected);
    const endpoint = await openEndpoint({ authentication });
    const peer = await openUdpPeer(endpoint.port);
    peer.send(bytes);
    expect(await peer.next()).toMatchObject({ status: answered });
  });

  it('4.3 and 4.4 are told apart', () => {
    const uriOf = (index: number) => {
      const parsed = parseMessage(messages[index]?.[1] ?? Buffer.alloc(0));
      return parsed.kind === 'request' ? [parsed.uri.host, parsed.uri.port] : [];
    };
    expect(uriOf(2)).toEqual(['2001:db8::10:5070', undefined]);
    expect(uriOf(3)).toEqual(['2001:db8::10', 5070]);
  });

  it('4.6 to 4.9 lead the sound where they say', () => {
    const addressOf = (index: number) => {
      const bytes = sessionDescriptionBytes(parseMessage(messages[index]?.[1] ?? Buffer.alloc(0)));
      const description = parseSdp(bytes?.toString() ?? '');
      const audio = description.media[0];
      return audio && mediaAddress(description, audio).address;
    };
    expect([6, 7, 9].map(addressOf)).toEqual(['2001:db8::20', '2001:db8::1', '::FFFF:192.0.2.2']);
  });
});
