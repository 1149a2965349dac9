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
  /** Lines with their line ends. */
  readonly head: string;
  readonly body?: string | undefined;
  readonly encoding: BufferEncoding;
}

export function serialiseRequest(request: RequestDraft): Buffer {
  return serialise(`${request.method} ${request.uri} SIP/2.0`, request.headers.write(), request.body ?? '', 'utf8');
}

export function serialiseResponse(response: ResponseDraft): Buffer {
  return serialise(
    // A reason may come from a person or a log line.
    `SIP/2.0 ${response.status} ${response.reason.replace(/[\r\n]+/g, ' ')}`,
    response.head,
    response.body ?? '',
    response.encoding,
  );
}

function serialise(startLine: string, lines: string, body: string, encoding: BufferEncoding): Buffer {
  const head = `${startLine}\r\n${lines}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  if (body === '') return Buffer.from(head, encoding);
  // The body is ours and UTF-8, whatever the head echoes.
  return encoding === 'utf8'
    ? Buffer.from(head + body)
    : Buffer.concat([Buffer.from(head, encoding), Buffer.from(body)]);
}
