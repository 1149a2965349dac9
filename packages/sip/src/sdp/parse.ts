import {
  type SdpAttribute,
  type SdpConnection,
  type SdpOrigin,
  SdpParseError,
  type SessionDescription,
} from './description.ts';

/** A browser with every codec and candidate writes about 300 lines. */
const MAX_LINES = 1000;

interface MediaBuilder {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: string[];
  connection: SdpConnection | undefined;
  readonly attributes: SdpAttribute[];
}

/**
 * Reads a session description (RFC 8866 9). Lines may end in LF alone; unknown types are skipped (RFC 8866 5).
 * @throws SdpParseError
 */
export function parseSdp(text: string): SessionDescription {
  const lines = text.split(/\r?\n/);
  if (lines.length > MAX_LINES) throw new SdpParseError('too many lines');
  if (lines[0]?.trim() !== 'v=0') throw new SdpParseError('does not begin with v=0');

  let origin: SdpOrigin | undefined;
  let sessionName = '-';
  let connection: SdpConnection | undefined;
  const timing: string[] = [];
  const attributes: SdpAttribute[] = [];
  const media: MediaBuilder[] = [];
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    if (line[1] !== '=') throw new SdpParseError('line without a type');
    const value = line.slice(2);
    const current = media.at(-1);
    if (line[0] === 'm') media.push(readMedia(value));
    else if (line[0] === 'o') origin ??= readOrigin(value);
    else if (line[0] === 's' && !current) sessionName = value;
    else if (line[0] === 't' && !current) timing.push(value);
    else if (line[0] === 'a') (current?.attributes ?? attributes).push(readAttribute(value));
    else if (line[0] === 'c' && current) current.connection ??= readConnection(value.split(' '));
    else if (line[0] === 'c') connection = readConnection(value.split(' '));
  }
  if (!origin) throw new SdpParseError('no origin line');
  return { origin, sessionName, connection, timing, attributes, media };
}

function readOrigin(value: string): SdpOrigin {
  const [username, sessionId, sessionVersion, ...connection] = value.split(' ');
  if (!username || !sessionId || !sessionVersion) throw new SdpParseError('origin line is malformed');
  return { username, sessionId, sessionVersion, connection: readConnection(connection) };
}

function readConnection(parts: readonly string[]): SdpConnection {
  const [network, family, written] = parts;
  // sipp and others write IPv6 with the brackets that only URIs have.
  const address =
    family === 'IP6' && written?.startsWith('[') && written.endsWith(']') ? written.slice(1, -1) : written;
  if (network !== 'IN' || (family !== 'IP4' && family !== 'IP6') || !address || !/^[A-Za-z0-9.:_/-]+$/.test(address)) {
    throw new SdpParseError('address is malformed');
  }
  // A multicast TTL may follow the address after a slash.
  return { family, address: address.split('/', 1)[0] ?? address };
}

function readMedia(value: string): MediaBuilder {
  const [kind, portText = '', protocol, ...formats] = value.split(' ').filter((part) => part !== '');
  const port = Number(/^\d{1,5}(?=\/\d{1,5}$|$)/.exec(portText)?.[0]);
  if (!kind || !protocol || !(port <= 65_535)) throw new SdpParseError('media line is malformed');
  return { kind, port, protocol, formats, connection: undefined, attributes: [] };
}

function readAttribute(value: string): SdpAttribute {
  const colon = value.indexOf(':');
  return colon < 0
    ? { name: value.trim(), value: undefined }
    : { name: value.slice(0, colon), value: value.slice(colon + 1).trim() };
}
