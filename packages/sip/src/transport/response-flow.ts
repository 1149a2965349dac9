import type { SipRequest } from '../message/message.ts';
import { DEFAULT_PORT } from '../resolve/locate.ts';
import { type Flow, isReliable } from './flow.ts';

/**
 * Where the responses to a request go (RFC 3261 18.2.2, RFC 3581 4): back on its connection; over UDP to the source
 * port, unless a peer without `rport` names another port on the very address it sends from.
 */
export function responseFlow(request: SipRequest, source: Flow): Flow {
  if (isReliable(source)) return source;
  const { via } = request;
  if (via.parameters.has('rport') || via.host !== source.remoteAddress) return source;
  return { ...source, remotePort: via.port ?? DEFAULT_PORT };
}
