/** The ten messages of the load, as fast as the answering side takes them: what a call costs once its code is warm. */
import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { credentials } from './credentials.ts';

/** So many that the other side never waits for us, and no socket buffer runs over. */
const AT_A_TIME = 8;

const offer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 6000 RTP/AVP 0 8 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-15',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n');

/** Resolves when that many calls were answered and hung up. Loopback loses nothing while so few are open. */
export async function makeWarmCalls(port: number, calls: number): Promise<void> {
  const socket = createSocket('udp4');
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const run = randomRun();
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  let ended = 0;
  const begin = () => {
    begun++;
    invite(socket, port, `${run}-${begun}`);
  };
  socket.on('message', (bytes) => {
    if (!proceed(socket, port, bytes.toString('latin1'))) return;
    ended++;
    if (ended === calls) resolve();
    else if (begun < calls) begin();
  });
  for (let i = 0; i < Math.min(AT_A_TIME, calls); i++) begin();
  await promise;
  socket.close();
}

function invite(socket: Socket, port: number, id: string, authorization?: string): void {
  request(socket, port, { method: 'INVITE', id, cseq: authorization ? 2 : 1, more: authorization ?? '', body: offer });
}

/** Sends what follows a response; true when the call is over. */
function proceed(socket: Socket, port: number, response: string): boolean {
  const id = /^Call-ID: (.*)\r$/m.exec(response)?.[1] ?? '';
  const tag = /^To: .*(;tag=.*)\r$/m.exec(response)?.[1] ?? '';
  if (response.startsWith('SIP/2.0 401')) {
    request(socket, port, { method: 'ACK', id, cseq: 1, tag });
    invite(
      socket,
      port,
      id,
      authorizationFor(/nonce="([^"]+)"/.exec(response)?.[1] ?? '', `sip:bench@127.0.0.1:${port}`),
    );
    return false;
  }
  if (!response.startsWith('SIP/2.0 200')) return false;
  if (response.includes('\r\nCSeq: 3 BYE\r\n')) return true;
  request(socket, port, { method: 'ACK', id, cseq: 2, tag, branch: 'success' });
  request(socket, port, { method: 'BYE', id, cseq: 3, tag });
  return false;
}

interface Request {
  readonly method: string;
  readonly id: string;
  readonly cseq: number;
  readonly tag?: string;
  /** What tells the transaction from the others of its sequence number. */
  readonly branch?: string;
  readonly more?: string;
  readonly body?: string;
}

function request(socket: Socket, port: number, { method, id, cseq, tag = '', branch = '', more, body }: Request): void {
  const own = `127.0.0.1:${socket.address().port}`;
  const lines = [
    `${method} sip:bench@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK-${id}-${cseq}${branch};rport`,
    `From: <sip:+12025550100@${own}>;tag=${id}`,
    `To: <sip:bench@127.0.0.1:${port}>${tag}`,
    `Call-ID: ${id}`,
    `CSeq: ${cseq} ${method}`,
    ...(body ? [`Contact: <sip:load@${own}>`] : []),
    ...(more ? [more] : []),
    'Max-Forwards: 70',
    ...(body
      ? [
          'User-Agent: load',
          'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS',
          'Supported: timer, 100rel',
          'Content-Type: application/sdp',
        ]
      : []),
    `Content-Length: ${body?.length ?? 0}`,
  ];
  socket.send(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`, port, '127.0.0.1');
}

function authorizationFor(nonce: string, uri: string): string {
  const { username, password, realm } = credentials;
  const secret = md5(`${username}:${realm}:${password}`);
  const response = md5(`${secret}:${nonce}:00000001:6b8b4567:auth:${md5(`INVITE:${uri}`)}`);
  return (
    `Authorization: Digest username="${username}",realm="${realm}",cnonce="6b8b4567",nc=00000001,qop=auth,` +
    `uri="${uri}",nonce="${nonce}",response="${response}",algorithm=MD5`
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** Calls of two runs must not meet. */
function randomRun(): string {
  return Math.random().toString(36).slice(2);
}
