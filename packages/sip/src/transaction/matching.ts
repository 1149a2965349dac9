import { type SipMessage, type SipRequest, type SipResponse, tagOf } from '../message/message.ts';
import { ownText } from '../message/own-text.ts';
import { transactionBranch, writeVia } from '../message/via.ts';

/** Key of the server transaction a request belongs to (RFC 3261 17.2.3); ACK finds its INVITE. */
export function serverKey(request: SipRequest, method = request.method): string {
  const matched = method === 'ACK' ? 'INVITE' : method;
  const branch = transactionBranch(request.via);
  const { host, port } = request.via;
  if (branch !== undefined) return ownText(`${branch}\n${host.toLowerCase()}:${port ?? ''}\n${matched}`);
  // RFC 2543 peers: everything that cannot change between a request and its ACK or CANCEL.
  const from = tagOf(request.from) ?? '';
  const { callId, cseq, uri, via } = request;
  return ownText(`2543\n${uri.text}\n${from}\n${callId}\n${cseq.number}\n${writeVia(via)}\n${matched}`);
}

/** Key of the client transaction a response belongs to (RFC 3261 17.1.3). */
export function clientKey(response: SipResponse): string {
  return `${response.via.parameters.get('branch') ?? ''}\n${response.cseq.method}`;
}

/** The same for the request when it is sent. */
export function clientKeyOf(branch: string, method: string): string {
  return `${branch}\n${method}`;
}

/**
 * What two copies of one request share that came over different paths (RFC 3261 8.2.2.2), and what an INVITE shares with
 * its ACK whatever the branch is.
 */
export function copyKey(message: SipMessage): string {
  const { method, number } = message.cseq;
  return ownText(`${message.callId}\n${tagOf(message.from) ?? ''}\n${number}\n${method === 'ACK' ? 'INVITE' : method}`);
}
