import { header, parseMessage, SipParseError, type SipRequest } from '@dialplane/sip';
import { Refusal } from '../refusal.ts';

/**
 * Reads an INVITE that was copied out of a trace: line ends of any kind, and a body that may be cut off.
 * @param pointer where the text stands in the request (JSON pointer), for the error.
 * @throws {Refusal} `validation_failed`, with what is wrong with it.
 */
export function readInviteText(text: string, pointer: string): SipRequest {
  const lines = text.trim().split(/\r\n|\r|\n/);
  const end = lines.indexOf('');
  // Routing looks at headers only, and the length of a copied body is rarely right.
  const head = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^(?:content-length|l)\s*:/i.test(line));
  try {
    const message = parseMessage(Buffer.from([...head, '', ''].join('\r\n')));
    if (message.kind === 'request' && message.method === 'INVITE') return message;
    throw fault(pointer, 'must be an INVITE, not another message');
  } catch (error) {
    if (error instanceof SipParseError) throw fault(pointer, `must be a whole INVITE: ${error.message}`);
    throw error;
  }
}

/** The user that the INVITE's digest credentials name, if it has any (RFC 7616 3.4). */
export function digestUsername(invite: SipRequest): string | undefined {
  const credentials = header(invite, 'Authorization') ?? '';
  return /^Digest\s.*?\busername="([^"]*)"/is.exec(credentials)?.[1];
}

function fault(pointer: string, detail: string): Refusal {
  return new Refusal('validation_failed', `Correct this and send the request again: ${pointer}: ${detail}.`, [
    { pointer, code: 'custom', detail },
  ]);
}
