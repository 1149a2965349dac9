import type { SipHeaders } from './headers.ts';

/** What could be read of a message that is wrong: enough to answer it when it is a request with a Via. */
export interface ReadableFragment {
  /** First word of the start line; empty when there is none. */
  readonly method: string;
  readonly headers: SipHeaders;
  readonly encoding: BufferEncoding;
}

/** The only error the parsers of this folder throw. The fault is always the sender's. */
export class SipParseError extends Error {
  readonly code:
    | 'malformed'
    | 'unsupported_version'
    | 'unsupported_uri_scheme'
    | 'body_too_large'
    | 'message_too_large';
  readonly errorClass = 'theirs';
  /** Status to answer with (RFC 3261 21.4.1, 21.4.11, 21.4.14, 21.5.6, 21.5.7). */
  readonly status: 400 | 413 | 416 | 505 | 513;
  /** Present when the message is a request that can be answered. */
  readonly fragment: ReadableFragment | undefined;

  constructor(message: string, options: { code?: SipParseError['code']; fragment?: ReadableFragment } = {}) {
    super(message);
    this.name = 'SipParseError';
    this.code = options.code ?? 'malformed';
    this.status = statusOf[this.code];
    this.fragment = options.fragment;
  }
}

const statusOf = {
  malformed: 400,
  body_too_large: 413,
  unsupported_uri_scheme: 416,
  unsupported_version: 505,
  message_too_large: 513,
} as const;
