import type { CSeq } from './cseq.ts';
import type { SipHeaders } from './headers.ts';
import type { NameAddr } from './name-addr.ts';
import type { SipUri } from './uri.ts';
import type { Via } from './via.ts';

/** What every received message has; the headers RFC 3261 8.1.1 makes mandatory are read already. */
interface ReceivedMessage {
  readonly headers: SipHeaders;
  /** A view into the received bytes, not a copy. */
  readonly body: Buffer;
  /** Topmost Via. */
  readonly via: Via;
  readonly from: NameAddr;
  readonly to: NameAddr;
  readonly callId: string;
  readonly cseq: CSeq;
  /** `latin1` when the head was no UTF-8; what is echoed in a response goes out with the same bytes. */
  readonly encoding: BufferEncoding;
}

export interface SipRequest extends ReceivedMessage {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: SipUri;
  /** 70 when the header is missing, as RFC 2543 peers leave it out. */
  readonly maxForwards: number;
}

export interface SipResponse extends ReceivedMessage {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

/** First value of a header by its name in any case or compact form. */
export function header(message: { readonly headers: SipHeaders }, name: string): string | undefined {
  return message.headers.get(name);
}

/** The `tag` parameter of a From or To. */
export function tagOf(address: NameAddr): string | undefined {
  return address.parameters.get('tag');
}
