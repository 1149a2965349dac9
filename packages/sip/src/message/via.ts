import { isToken, noParameters, type Parameters, parseParameters, writeParameters } from './grammar.ts';
import { SipParseError } from './parse-error.ts';
import { parseHostPort, writeHostPort } from './uri.ts';

/** RFC 3261 20.42. */
export interface Via {
  /** Upper case, as it stands on the wire: UDP, TCP, TLS, or a name we do not know. */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly parameters: Parameters;
}

/** RFC 3261 8.1.1.7: branches that start so are unique in space and time. */
export const MAGIC_COOKIE = 'z9hG4bK';

const PROTOCOL = 'SIP/2.0/';

/**
 * Reads one Via value; blanks may stand around its slashes and colon.
 * @throws SipParseError
 */
export function parseVia(text: string): Via {
  const semicolon = text.indexOf(';');
  const head = semicolon < 0 ? text : text.slice(0, semicolon);
  const words = withoutProtocol(head).trimStart();
  const blank = words.search(/[ \t]/);
  const transport = words.slice(0, Math.max(blank, 0)).toUpperCase();
  if (!isToken(transport)) throw new SipParseError('Via without a transport');
  const { host, port } = parseHostPort(withoutBlanks(words.slice(blank + 1)));
  return {
    transport,
    host,
    port,
    parameters: semicolon < 0 ? noParameters : parseParameters(text.slice(semicolon + 1)),
  };
}

/** What follows `SIP/2.0/`. */
function withoutProtocol(head: string): string {
  // Nearly all of them are written so, and have no other slash.
  if (head.startsWith(PROTOCOL) && !head.includes('/', PROTOCOL.length)) return head.slice(PROTOCOL.length);
  const [protocol, version, rest, ...more] = head.split('/');
  if (protocol?.trim().toUpperCase() !== 'SIP' || version?.trim() !== '2.0' || rest === undefined || more.length > 0) {
    throw new SipParseError('Via is not SIP/2.0');
  }
  return rest;
}

function withoutBlanks(text: string): string {
  return text.includes(' ') || text.includes('\t') ? text.replace(/[ \t]+/g, '') : text;
}

export function writeVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${writeHostPort(via.host, via.port)}${writeParameters(via.parameters)}`;
}

/** The branch, if it is one that identifies a transaction: the bare cookie does not (RFC 4475 3.2.1). */
export function transactionBranch(via: Via): string | undefined {
  const branch = via.parameters.get('branch');
  if (branch === undefined || branch.length <= MAGIC_COOKIE.length) return undefined;
  return branch.slice(0, MAGIC_COOKIE.length).toLowerCase() === MAGIC_COOKIE.toLowerCase() ? branch : undefined;
}

/**
 * Notes where a request really came from (RFC 3261 18.2.1, RFC 3581 4): `received` when the sender's own idea of its
 * address differs, or always when it asks for `rport`.
 */
export function markReceived(via: Via, address: string, port: number): Via {
  const wantsPort = via.parameters.has('rport');
  if (!wantsPort && via.host === address) return via;
  const parameters = new Map(via.parameters);
  parameters.set('received', address);
  if (wantsPort) parameters.set('rport', String(port));
  const { transport, host, port: sentPort } = via;
  return { transport, host, port: sentPort, parameters };
}
