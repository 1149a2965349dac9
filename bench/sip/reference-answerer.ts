/** The same with the npm package `sip`, which is found in the folder named on the command line. */

import { createSocket } from 'node:dgram';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serveUse } from './answerer-process.ts';
import { credentials } from './credentials.ts';

interface Message {
  readonly method?: string;
  readonly headers: Record<string, unknown> & { readonly to: { readonly params: Record<string, string> } };
  content?: string;
}
interface SipPackage {
  start(options: object, received: (request: Message) => void): void;
  makeResponse(request: Message, status: number, reason: string): Message;
  send(message: Message): void;
}
interface DigestPackage {
  challenge(context: object, response: Message): Message;
  authenticateRequest(context: object, request: Message, known: { user: string; password: string }): boolean;
}

const [, , folder = '.'] = process.argv;
const load = createRequire(join(folder, 'package.json'));
const sip: SipPackage = load('sip');
const digest: DigestPackage = load('sip/digest');

const { username: user, password, realm } = credentials;
const port = await freePort();
/** One per call between its two INVITEs, as the package wants it kept. */
const challenged = new Map<unknown, object>();
const answer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 20000 RTP/AVP 0 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-15',
  'a=ptime:20',
  'a=sendrecv',
  '',
].join('\r\n');
let tag = 0;

sip.start({ address: '127.0.0.1', port, tcp: false, publicAddress: '127.0.0.1' }, (request) => {
  if (request.method === 'BYE') sip.send(sip.makeResponse(request, 200, 'OK'));
  if (request.method !== 'INVITE') return;
  const callId = request.headers['call-id'];
  const context = challenged.get(callId);
  if (!context || !digest.authenticateRequest(context, request, { user, password })) {
    const fresh = { realm };
    challenged.set(callId, fresh);
    sip.send(digest.challenge(fresh, sip.makeResponse(request, 401, 'Unauthorized')));
    return;
  }
  challenged.delete(callId);
  request.headers.to.params.tag = String(++tag);
  sip.send(sip.makeResponse(request, 100, 'Trying'));
  sip.send(sip.makeResponse(request, 180, 'Ringing'));
  const ok = sip.makeResponse(request, 200, 'OK');
  ok.headers.contact = [{ uri: `sip:127.0.0.1:${port}` }];
  ok.headers['content-type'] = 'application/sdp';
  ok.content = answer;
  sip.send(ok);
});
serveUse(port);

/** The package binds what it is told and says nothing of it. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  const found = socket.address().port;
  await new Promise<void>((closed) => socket.close(closed));
  return found;
}
