import { SipHeaders } from './headers.ts';
import { type SipRequest, tagOf } from './message.ts';
import type { ReadableFragment } from './parse-error.ts';
import { serialiseResponse } from './serialiser.ts';
import { reasonPhrase } from './status.ts';
import { markReceived, parseVia, writeVia } from './via.ts';

export interface ResponseOptions {
  readonly reason?: string;
  /** Put on To when the request has no tag there (RFC 3261 8.2.6.2). */
  readonly toTag?: string;
  /** Several values become several lines, as challenges must (RFC 3261 7.3.1). */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Record-Route is echoed in responses that make a dialog (RFC 3261 12.1.1). */
  readonly recordRoute?: boolean;
  /** SDP. */
  readonly body?: string;
}

/** The bytes of a response to a request (RFC 3261 8.2.6). */
export function responseBytes(request: SipRequest, status: number, options: ResponseOptions = {}): Buffer {
  const headers = new SipHeaders();
  headers.appendReceived('Via', writeVia(request.via));
  for (const via of request.headers.list('Via').slice(1)) headers.appendReceived('Via', via);
  if (options.recordRoute) headers.copyFrom(request.headers, 'Record-Route');
  headers.copyFrom(request.headers, 'From');
  const to = request.headers.get('To') ?? '';
  const needsTag = options.toTag !== undefined && tagOf(request.to) === undefined;
  headers.appendReceived('To', needsTag ? `${to};tag=${options.toTag}` : to);
  headers.copyFrom(request.headers, 'Call-ID').copyFrom(request.headers, 'CSeq');
  // RFC 3261 8.2.6.1: the sender of a Timestamp measures its round trip with the 100.
  if (status === 100) headers.copyFrom(request.headers, 'Timestamp');
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (typeof value === 'string') headers.append(name, value);
    else for (const one of value) headers.append(name, one);
  }
  if (options.body !== undefined) headers.append('Content-Type', 'application/sdp');
  return serialiseResponse({
    status,
    reason: options.reason ?? reasonPhrase(status),
    headers,
    encoding: request.encoding,
    ...(options.body === undefined ? {} : { body: options.body }),
  });
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
  return serialiseResponse({ status: response.status, reason: response.reason, headers, encoding: fragment.encoding });
}

function markedIfReadable(via: string, source: { address: string; port: number }): string {
  try {
    return writeVia(markReceived(parseVia(via), source.address, source.port));
  } catch {
    // Several values in one line, or the fault itself: the sender gets its own text back.
    return via;
  }
}
