import type { SipRequest } from '../message/message.ts';
import { DEFAULT_PORT, DEFAULT_TLS_PORT } from '../resolve/locate.ts';
import { type Flow, isReliable } from './flow.ts';

/**
 * Where the responses to a request go (RFC 3261 18.2.2, RFC 3581 4): back on its connection, or on a new one to the port
 * it names once that is closed; over UDP to the source port, unless a peer without `rport` names another port on the very
 * address it sends from.
 */
export function responseFlow(request: SipRequest, source: Flow): Flow {
  const { via } = request;
  if (isReliable(source)) {
    const port = via.port ?? (source.transport === 'tls' ? DEFAULT_TLS_PORT : DEFAULT_PORT);
    return { ...source, sentBy: { host: via.host, port } };
  }
  if (via.parameters.has('rport') || via.host !== source.remoteAddress) return source;
  return { ...source, remotePort: via.port ?? DEFAULT_PORT };
}
