import type { SipHeaders } from './headers.ts';

/** A request to be sent; Content-Length is added by the serialiser. */
export interface RequestDraft {
  readonly method: string;
  readonly uri: string;
  readonly headers: SipHeaders;
  readonly body?: string;
}

/** A response to be sent. */
export interface ResponseDraft {
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body?: string;
  readonly encoding: BufferEncoding;
}

export function serialiseRequest(request: RequestDraft): Buffer {
  return serialise(`${request.method} ${request.uri} SIP/2.0`, request.headers, request.body ?? '', 'utf8');
}

export function serialiseResponse(response: ResponseDraft): Buffer {
  return serialise(
    // A reason may come from a person or a log line.
    `SIP/2.0 ${response.status} ${response.reason.replace(/[\r\n]+/g, ' ')}`,
    response.headers,
    response.body ?? '',
    response.encoding,
  );
}

function serialise(startLine: string, headers: SipHeaders, body: string, encoding: BufferEncoding): Buffer {
  const head = `${startLine}\r\n${headers.write()}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  if (body === '') return Buffer.from(head, encoding);
  // The body is ours and UTF-8, whatever the head echoes.
  return encoding === 'utf8'
    ? Buffer.from(head + body)
    : Buffer.concat([Buffer.from(head, encoding), Buffer.from(body)]);
}
