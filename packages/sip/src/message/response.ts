import { headerLine, SipHeaders } from './headers.ts';
import { type SipRequest, tagOf } from './message.ts';
import type { ReadableFragment } from './parse-error.ts';
import { serialiseResponse } from './serialiser.ts';
import { reasonPhrase } from './status.ts';
import { markReceived, parseVia, writeVia } from './via.ts';

export interface ResponseOptions {
  readonly reason?: string | undefined;
  /** Put on To when the request has no tag there (RFC 3261 8.2.6.2). */
  readonly toTag?: string | undefined;
  /** Several values become several lines, as challenges must (RFC 3261 7.3.1). */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Record-Route is echoed in responses that make a dialog (RFC 3261 12.1.1). */
  readonly recordRoute?: boolean;
  /** SDP. */
  readonly body?: string | undefined;
  /** Who answers, unless `headers` say so themselves. */
  readonly server?: string;
}

/** The bytes of a response to a request (RFC 3261 8.2.6). */
export function responseBytes(request: SipRequest, status: number, options: ResponseOptions = {}): Buffer {
  const { headers } = request;
  const { toTag, server, headers: own = {}, body } = options;
  // One text from the start: there are five responses to a call, with a dozen lines each.
  let head = `Via: ${writeVia(request.via)}\r\n`;
  const vias = headers.list('Via');
  for (let index = 1; index < vias.length; index++) head += `Via: ${vias[index]}\r\n`;
  if (options.recordRoute) head += headers.writeAll('Record-Route');
  head += headers.writeAll('From');
  const needsTag = toTag !== undefined && tagOf(request.to) === undefined;
  head += `To: ${headers.get('To') ?? ''}${needsTag ? `;tag=${toTag}` : ''}\r\n`;
  head += headers.writeAll('Call-ID') + headers.writeAll('CSeq');
  // RFC 3261 8.2.6.1: the sender of a Timestamp measures its round trip with the 100.
  if (status === 100) head += headers.writeAll('Timestamp');
  if (server !== undefined && own.Server === undefined) head += headerLine('Server', server);
  for (const name of Object.keys(own)) {
    const value = own[name] ?? '';
    if (typeof value === 'string') head += headerLine(name, value);
    else for (const one of value) head += headerLine(name, one);
  }
  if (body !== undefined) head += 'Content-Type: application/sdp\r\n';
  const reason = options.reason ?? reasonPhrase(status);
  return serialiseResponse({ status, reason, head, encoding: request.encoding, body });
}

/**
 * A response to a message that could not be parsed: echoes what is there. Undefined when nobody can be answered: no
 * readable Via, or an ACK.
 */
export function responseToFragment(
  fragment: ReadableFragment,
  response: {
    status: number;
    reason: string;
    toTag: string;
    source: { address: string; port: number };
    server: string;
  },
): Buffer | undefined {
  if (fragment.method === 'ACK') return undefined;
  const vias = fragment.headers.getAll('Via');
  if (!vias[0] || !/^SIP\s*\/\s*\d\.\d\s*\//i.test(vias[0])) return undefined;
  const headers = new SipHeaders();
  headers.appendReceived('Via', markedIfReadable(vias[0], response.source));
  for (const via of vias.slice(1)) headers.appendReceived('Via', via);
  headers.copyFrom(fragment.headers, 'From');
  const to = fragment.headers.get('To');
  if (to !== undefined) {
    headers.appendReceived('To', /;\s*tag\s*=/i.test(to) ? to : `${to};tag=${response.toTag}`);
  }
  headers.copyFrom(fragment.headers, 'Call-ID').copyFrom(fragment.headers, 'CSeq');
  headers.append('Server', response.server);
  return serialiseResponse({
    status: response.status,
    reason: response.reason,
    head: headers.write(),
    encoding: fragment.encoding,
  });
}

function markedIfReadable(via: string, source: { address: string; port: number }): string {
  try {
    return writeVia(markReceived(parseVia(via), source.address, source.port));
  } catch {
    // Several values in one line, or the fault itself: the sender gets its own text back.
    return via;
  }
}
