import type { SipRequest, SipResponse } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';

const common = [
  'Via: SIP/2.0/UDP a;branch=z9hG4bK1',
  'From: <sip:a@b>;tag=1',
  'To: <sip:c@d>',
  'Call-ID: x',
  'CSeq: 1 INVITE',
];

/** A response to an INVITE with these headers. */
export function responseWith(status: number, ...headers: string[]): SipResponse {
  const message = parseMessage(Buffer.from(`${[`SIP/2.0 ${status} x`, ...common, ...headers].join('\r\n')}\r\n\r\n`));
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

/** An INVITE to sip:c@d with these headers. */
export function inviteWith(...headers: string[]): SipRequest {
  const message = parseMessage(
    Buffer.from(`${['INVITE sip:c@d SIP/2.0', ...common, ...headers].join('\r\n')}\r\n\r\n`),
  );
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}
