import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StreamFraming } from '../../src/transport/stream-framing.ts';
import { offer } from '../support/endpoints.ts';
import { type Heard, Inbox, PATIENCE_MS } from '../support/raw-peer.ts';
import { callPeer, peerAnswer } from '../support/scripted-call.ts';

/** Keys sent by INFO are never so long; a message of that size stands for any request of a call. */
const body = { type: 'text/plain', content: 'x'.repeat(1500) };

/** A TCP socket on the very port the peer has on UDP. */
async function listen(port: number) {
  const inbox = new Inbox();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    const framing = new StreamFraming({ message: (bytes) => inbox.put(bytes), ping() {} });
    socket.on('error', () => {});
    socket.on('data', (bytes) => framing.push(bytes));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const answer = (request: Heard) => {
    const headers = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${request.header(name)}`);
    sockets[0]?.write(`SIP/2.0 200 OK\r\n${headers.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
  };
  return { inbox, sockets, answer };
}

async function answeredCall() {
  const scripted = await callPeer();
  const { invite, reply, request } = scripted;
  reply(invite, 200, { body: peerAnswer(offer) });
  await request('ACK');
  return scripted;
}

describe('a request of a call above 1,300 bytes (RFC 3261 18.1.1)', () => {
  it('goes over TCP to where the peer is, and leaves the call on UDP', async () => {
    const { call, endpoint, peer, reply, request } = await answeredCall();
    const tcp = await listen(peer.port);
    const sent = call.sendRequest('INFO', { body });
    const info = await tcp.inbox.next(({ method }) => method === 'INFO', PATIENCE_MS);
    expect(info.header('Via')).toMatch(/^SIP\/2\.0\/TCP /);
    tcp.answer(info);
    expect((await sent).response?.status).toBe(200);
    expect(endpoint.transportCounters).toMatchObject({ largeRequests: 1, largeRequestsOverUdp: 0 });
    void call.hangup();
    reply(await request('BYE'), 200);
  });

  it.each(['refuses', 'says nothing'])(
    'goes over UDP to a peer that %s over TCP, the next time at once',
    async (fault) => {
      const { call, endpoint, peer, reply, request } = await answeredCall();
      const tcp = fault === 'refuses' ? undefined : await listen(peer.port);
      for (let count = 1; count <= 2; count++) {
        const sent = call.sendRequest('INFO', { body });
        const info = await request('INFO');
        expect(info.header('Via')).toMatch(/^SIP\/2\.0\/UDP /);
        reply(info, 200);
        expect((await sent).response?.status).toBe(200);
        expect(endpoint.transportCounters).toMatchObject({ largeRequests: count, largeRequestsOverUdp: count });
      }
      expect(tcp?.sockets.length ?? 1).toBe(1);
      void call.hangup();
      reply(await request('BYE'), 200);
    },
  );
});
