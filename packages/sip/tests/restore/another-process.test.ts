import { type ChildProcess, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallSnapshot } from '../../src/index.ts';
import { parseNameAddr } from '../../src/index.ts';
import type { Order, Report } from '../support/answering-process.ts';
import { offer } from '../support/endpoints.ts';
import { openUdpPeer, type RawPeer, requestText } from '../support/raw-peer.ts';

const script = fileURLToPath(new URL('../support/answering-process.ts', import.meta.url));

interface Successor {
  readonly process: ChildProcess;
  order(order: Order): void;
  next<Kind extends Report['kind']>(kind: Kind): Promise<Extract<Report, { kind: Kind }>>;
}

function startProcess(): Successor {
  const child = fork(script, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const reports: Report[] = [];
  const isOf = <Kind extends Report['kind']>(report: Report, kind: Kind): report is Extract<Report, { kind: Kind }> =>
    report.kind === kind;
  child.on('message', (report: Report) => reports.push(report));
  return {
    process: child,
    order: (order) => void child.send(order),
    next: async (kind) => {
      for (;;) {
        for (const report of reports) if (isOf(report, kind)) return report;
        await once(child, 'message');
      }
    },
  };
}

interface LiveCall {
  readonly peer: RawPeer;
  readonly port: number;
  /** The call as it travels between processes. */
  readonly snapshot: CallSnapshot;
  /** A request of the peer in the call. */
  request(method: string, sequence: number, body?: string): string;
}

/** The peer calls a process, which is killed once the call stands. */
async function callThem(): Promise<LiveCall> {
  const first = startProcess();
  first.order({ kind: 'answer' });
  const { port } = await first.next('listening');
  const peer = await openUdpPeer(port);
  const headers = ['Content-Type: application/sdp', 'Allow: INVITE, ACK, BYE, INFO', 'Supported: timer'];
  peer.send(requestText({ callId: 'moved', port: peer.port, body: offer, headers }));
  const answer = await peer.next((message) => message.status === 200);
  const toTag = parseNameAddr(answer.header('To')).parameters.get('tag') ?? '';
  peer.send(requestText({ callId: 'moved', method: 'ACK', port: peer.port, toTag }));
  const { snapshot } = await first.next('established');
  await kill(first);
  const request = (method: string, sequence: number, body = '') =>
    requestText({ callId: 'moved', method, sequence, port: peer.port, toTag, body, headers });
  return { peer, port, snapshot: asJson(snapshot), request };
}

/** A process calls the peer, and is killed once the call stands. */
async function callUs(): Promise<LiveCall> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const ownPort = socket.address().port;
  const first = startProcess();
  first.order({ kind: 'call', target: `sip:peer@127.0.0.1:${ownPort}` });
  const { port } = await first.next('listening');
  const [invite]: Buffer[] = await once(socket, 'message');
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  const peer = await openUdpPeer(port, ownPort);
  const lines = invite?.toString().split('\r\n') ?? [];
  const echoed = lines.filter((line) => /^(via|from|call-id|cseq):/i.test(line));
  const line = (name: string) => lines.find((one) => one.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  const body = invite?.toString().split('\r\n\r\n')[1] ?? '';
  const to = `To: <sip:peer@127.0.0.1:${ownPort}>;tag=theirs`;
  const contact = `Contact: <sip:peer@127.0.0.1:${ownPort}>`;
  const head = ['SIP/2.0 200 OK', ...echoed, to, contact, 'Content-Type: application/sdp', 'Allow: BYE, INVITE'];
  peer.send(`${head.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  await peer.next((message) => message.method === 'ACK');
  const { snapshot } = await first.next('established');
  await kill(first);
  const request = (method: string, sequence: number, sdp = '') =>
    [
      `${method} sip:us@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${ownPort};rport;branch=z9hG4bK-${method}-${sequence}`,
      'Max-Forwards: 70',
      `From: <sip:peer@127.0.0.1:${ownPort}>;tag=theirs`,
      `To: ${line('From')}`,
      `Call-ID: ${line('Call-ID')}`,
      `CSeq: ${sequence} ${method}`,
      contact,
      ...(sdp === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(sdp)}`,
      '',
      sdp,
    ].join('\r\n');
  return { peer, port, snapshot: asJson(snapshot), request };
}

async function kill(successor: Successor): Promise<void> {
  const gone = once(successor.process, 'exit');
  successor.process.kill('SIGKILL');
  await gone;
}

function asJson(snapshot: CallSnapshot): CallSnapshot {
  return JSON.parse(JSON.stringify(snapshot));
}

async function restore({ port, snapshot }: LiveCall): Promise<Successor> {
  const second = startProcess();
  second.order({ kind: 'restore', port, snapshot });
  await second.next('restored');
  return second;
}

describe.each([
  ['answered', callThem],
  ['made', callUs],
] as const)('a call a killed process had %s', (_, establish) => {
  it('takes re-INVITE and BYE in the next process', async () => {
    const live = await establish();
    const second = await restore(live);
    const { peer, request } = live;
    peer.send(request('INVITE', 11, offer.replace('sendrecv', 'sendonly')));
    const held = await peer.next((message) => message.status === 200);
    expect(held.body).toContain('a=recvonly');
    expect(held.body).toMatch(/^o=- 7 2 /m);
    peer.send(request('ACK', 11));
    peer.send(request('BYE', 12));
    expect(await peer.next((message) => message.header('CSeq') === '12 BYE')).toMatchObject({ status: 200 });
    expect(await second.next('ended')).toMatchObject({ by: 'remote' });
    peer.send(request('BYE', 13));
    expect(await peer.next((message) => message.header('CSeq') === '13 BYE')).toMatchObject({ status: 481 });
  });

  it('is put on hold by a re-INVITE of the next process', async () => {
    const live = await establish();
    const second = await restore(live);
    const { peer, snapshot } = live;
    second.order({ kind: 'change', sdp: (snapshot.session.negotiation.local ?? '').replace('sendrecv', 'sendonly') });
    const invite = await peer.next((message) => message.method === 'INVITE');
    expect([invite.callId, invite.header('CSeq')]).toEqual([snapshot.callId, `${snapshot.localSequence + 1} INVITE`]);
    expect(invite.body).toContain('a=sendonly');
    expect(invite.body).toMatch(/^o=- 7 2 /m);
    const answer = offer.replace('sendrecv', 'recvonly');
    const echoed = invite.text.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
    const contact = `Contact: <sip:peer@127.0.0.1:${peer.port}>`;
    const head = ['SIP/2.0 200 OK', ...echoed, contact, 'Content-Type: application/sdp'];
    peer.send(`${head.join('\r\n')}\r\nContent-Length: ${answer.length}\r\n\r\n${answer}`);
    expect((await peer.next((message) => message.method === 'ACK')).header('CSeq')).toBe(
      `${snapshot.localSequence + 1} ACK`,
    );
    expect(await second.next('changed')).toMatchObject({ outcome: 'agreed' });
  });

  it('is hung up by the next process', async () => {
    const live = await establish();
    const second = await restore(live);
    second.order({ kind: 'hangup' });
    const bye = await live.peer.next((message) => message.method === 'BYE');
    const { snapshot } = live;
    expect([bye.callId, bye.header('CSeq'), bye.header('Reason')]).toEqual([
      snapshot.callId,
      `${snapshot.localSequence + 1} BYE`,
      'Q.850;cause=16;text="done"',
    ]);
    const echoed = bye.text.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
    live.peer.send(`${['SIP/2.0 200 OK', ...echoed, 'Content-Length: 0'].join('\r\n')}\r\n\r\n`);
    expect(await second.next('ended')).toEqual({ kind: 'ended', by: 'local', status: 200 });
  });

  it('refuses what is older than it knew', async () => {
    const live = await establish();
    await restore(live);
    live.peer.send(live.request('INVITE', 11, offer));
    await live.peer.next((message) => message.status === 200);
    live.peer.send(live.request('ACK', 11));
    live.peer.send(live.request('OPTIONS', 10));
    expect(await live.peer.next((message) => message.header('CSeq') === '10 OPTIONS')).toMatchObject({ status: 500 });
  });
});
