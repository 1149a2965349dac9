import { randomBytes } from 'node:crypto';
import type { SipRequest } from '@dialplane/sip';
import type { CarrierLine } from './carrier-wire.ts';

/** A body with its type. */
export interface MessageBody {
  readonly type: string;
  readonly text: string;
}

export interface ResponseText {
  readonly status: number;
  readonly reason: string;
  readonly toTag: string;
  /** Whole header lines. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A response as RFC 3261 8.2.6 wants it; `body` is SDP. */
export function responseText(request: SipRequest, line: CarrierLine, response: ResponseText): string {
  const { headers } = request;
  const [topmost = '', ...below] = headers.list('Via');
  const to = headers.get('To') ?? '';
  return written(
    `SIP/2.0 ${response.status} ${response.reason}`,
    [
      `Via: ${topmost.replace(/;rport(?=;|$)/, `;rport=${line.remotePort}`)};received=${line.remoteAddress}`,
      ...below.map((via) => `Via: ${via}`),
      `From: ${headers.get('From')}`,
      `To: ${/;\s*tag=/i.test(to) || response.status === 100 ? to : `${to};tag=${response.toTag}`}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${headers.get('CSeq')}`,
      ...(response.headers ?? []),
    ],
    response.body === undefined ? undefined : { type: 'application/sdp', text: response.body },
  );
}

export interface RequestText {
  readonly method: string;
  readonly uri: string;
  /** `transport host:port` of the carrier, for Via. */
  readonly sentBy: { readonly transport: string; readonly hostPort: string };
  readonly branch: string;
  /** Values of From and To with their tags. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly sequence: number;
  readonly headers?: readonly string[];
  readonly body?: MessageBody;
}

export function requestText(request: RequestText): string {
  const { method, sentBy } = request;
  return written(
    `${method} ${request.uri} SIP/2.0`,
    [
      `Via: SIP/2.0/${sentBy.transport.toUpperCase()} ${sentBy.hostPort};branch=${request.branch};rport`,
      'Max-Forwards: 70',
      `From: ${request.from}`,
      `To: ${request.to}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${request.sequence} ${method}`,
      ...(request.headers ?? []),
    ],
    request.body,
  );
}

export const newTag = () => randomBytes(5).toString('hex');
export const newBranch = () => `z9hG4bK-${randomBytes(8).toString('hex')}`;

function written(first: string, headers: readonly string[], body: MessageBody | undefined): string {
  const text = body?.text ?? '';
  const lines = [
    first,
    ...headers,
    ...(body ? [`Content-Type: ${body.type}`] : []),
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}
