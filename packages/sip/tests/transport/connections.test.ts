import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IncomingCall } from '../../src/index.ts';
import { Connections, MAX_CONNECTIONS, MAX_CONNECTIONS_PER_SOURCE } from '../../src/transport/connections.ts';
import { answerFor, authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openStreamNat } from '../support/nat.ts';
import { placeCall } from '../support/place-call.ts';
import { openTcpPeer, requestText } from '../support/raw-peer.ts';
import { openListener, openTransports } from '../support/transports.ts';

/** As if it came from that address, which the loopback interface cannot be asked for. */
class SocketFrom extends Socket {
  constructor(address: string) {
    super();
    Object.defineProperty(this, 'remoteAddress', { value: address });
  }
}

describe('connections we make', () => {
  it('are pinged every 96 to 120 s, and fail when a peer that answers pings no longer does (RFC 5626 4.4.1)', async () => {
    const { clock, transports } = await openTransports();
    const listener = await openListener();
    const { flow } = await (await transports.routesTo(listener.uri)).next();
    let losses = 0;
    transports.onFlowLost(flow, () => losses++);
    clock.advance(95_999);
    clock.advance(24_001);
    await expect.poll(() => listener.heard).toEqual(['\r\n\r\n']);
    listener.sockets[0]?.write('\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(losses).toBe(0);
    clock.advance(130_000);
    await expect.poll(() => losses).toBe(1);
    expect(transports.isOpen(flow)).toBe(false);
    expect(transports.counters.connections).toMatchObject({ open: 0, failedPings: 1 });
  });

  it('stay when the peer has never answered a ping', async () => {
    const { clock, transports } = await openTransports();
    const listener = await openListener();
    const { flow } = await (await transports.routesTo(listener.uri)).next();
    transports.onFlowLost(flow, () => {});
    clock.advance(600_000);
    expect(transports.isOpen(flow)).toBe(true);
  });

  it('are made once for what wants them at the same time, and anew after a loss', async () => {
    const { transports } = await openTransports();
    const listener = await openListener();
    const connect = async () => (await (await transports.routesTo(listener.uri)).next()).flow;
    const [first, second] = await Promise.all([connect(), connect()]);
    expect(second).toBe(first);
    expect(await connect()).toBe(first);
    const lost = Promise.withResolvers<void>();
    transports.onFlowLost(first, lost.resolve);
    listener.sockets[0]?.destroy();
    await lost.promise;
    expect((await connect()).connection).not.toBe(first.connection);
  });

  it('tell who waits for their loss once, also when they are gone already', async () => {
    const { transports } = await openTransports();
    const gone = { transport: 'tcp', remoteAddress: '127.0.0.1', remotePort: 9, connection: 77 } as const;
    const lost = Promise.withResolvers<void>();
    transports.onFlowLost(gone, lost.resolve);
    await lost.promise;
    transports.onFlowLost(gone, () => expect.unreachable())();
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it('are not mistaken for those of another process', async () => {
    const { transports } = await openTransports();
    const listener = await openListener();
    const { flow } = await (await transports.routesTo(listener.uri)).next();
    expect(transports.isOpen(flow)).toBe(true);
    expect(transports.isOpen({ ...flow, remotePort: 1 })).toBe(false);
  });
});

describe('connections from outside', () => {
  it('are closed after 15 minutes without a message, unless somebody lives on them', async () => {
    const clock = new FakeClock();
    const listening = await openEndpoint({ clock });
    const idle = await openTcpPeer(listening.port);
    await expect.poll(() => listening.transportCounters.connections.open).toBe(1);
    clock.advance(14 * 60_000);
    idle.send(requestText({ method: 'OPTIONS', callId: 'probe', port: idle.port, transport: 'TCP' }));
    await idle.next();
    clock.advance(14 * 60_000);
    expect(listening.transportCounters.connections.open).toBe(1);
    clock.advance(3 * 60_000);
    await idle.closed;
    expect(listening.transportCounters.connections).toMatchObject({ open: 0, closedIdle: 1 });
  });

  it('stay open for a call that says nothing for an hour', async () => {
    const clock = new FakeClock();
    const callee = await openEndpoint({
      clock,
      authentication,
      onInvite: (call) => call.answer(answerFor(call)),
    });
    const caller = await openEndpoint();
    const call = placeCall(caller, `sip:1@127.0.0.1:${callee.port};transport=tcp`);
    await call.answered;
    clock.advance(3_600_000);
    expect(callee.transportCounters.connections).toMatchObject({ open: 1, closedIdle: 0 });
    await call.call.hangup();
    expect(await call.ended).toMatchObject({ status: 200 });
  });

  it('are limited per source, except for this machine', () => {
    const clock = new FakeClock();
    const connections = new Connections({ message() {}, connectionLost() {} }, clock);
    onTestFinished(() => connections.close());
    const source = (address: string) => {
      const socket = new SocketFrom(address);
      if (!connections.refuses(address)) connections.accept(socket, 'tcp');
      return socket;
    };
    const first = source('192.0.2.1');
    for (let taken = 1; taken < MAX_CONNECTIONS_PER_SOURCE; taken++) source('::ffff:192.0.2.1');
    expect(connections.refuses('192.0.2.1')).toBe(true);
    expect(connections.refuses('192.0.2.2')).toBe(false);
    for (let taken = 0; taken <= MAX_CONNECTIONS_PER_SOURCE; taken++) source('127.0.0.1');
    expect(connections.counters).toMatchObject({ refused: 1, open: 2 * MAX_CONNECTIONS_PER_SOURCE + 1 });
    first.emit('close');
    expect(connections.refuses('192.0.2.1')).toBe(false);
  });

  it('are limited per /64 of IPv6, which is one host, and in all', () => {
    const connections = new Connections({ message() {}, connectionLost() {} }, new FakeClock());
    onTestFinished(() => connections.close());
    const accept = (address: string) => connections.accept(new SocketFrom(address), 'tcp');
    for (let host = 1; host <= MAX_CONNECTIONS_PER_SOURCE; host++) accept(`2001:db8::${host}`);
    expect([connections.refuses('2001:db8::ffff'), connections.refuses('2001:db8:0:1::1')]).toEqual([true, false]);
    for (let taken = connections.counters.open; taken < MAX_CONNECTIONS; taken++) accept('127.0.0.1');
    expect([connections.refuses('127.0.0.1'), connections.refuses('2001:db8:0:1::1')]).toEqual([true, true]);
  });
});

describe('a call whose connection is lost', () => {
  it('is answered over a new one to the port its Via names (RFC 3261 18.2.2)', async () => {
    const incoming = Promise.withResolvers<IncomingCall>();
    const callee = await openEndpoint({
      sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'o', style: 'ip' }) },
      onInvite: incoming.resolve,
    });
    const listener = await openListener();
    const peer = await openTcpPeer(callee.port);
    const headers = ['Content-Type: application/sdp'];
    const port = listener.uri.port ?? 0;
    peer.send(requestText({ callId: 'gone', port, transport: 'TCP', headers, body: offer }));
    const call = await incoming.promise;
    peer.end();
    await expect.poll(() => callee.transportCounters.connections.open).toBe(0);
    call.answer(answerFor(call));
    await expect.poll(() => listener.heard.join('')).toMatch(/^SIP\/2.0 200 OK/);
    expect(callee.transportCounters.connections.open).toBe(1);
    call.hangup();
  });

  it('is hung up over a new connection', async () => {
    const callee = await openEndpoint({
      authentication,
      onInvite: (call) => call.answer(answerFor(call)),
    });
    const nat = await openStreamNat('127.0.0.1', callee.port);
    const caller = await openEndpoint();
    const call = placeCall(caller, `sip:1@127.0.0.1:${nat.port};transport=tcp`);
    await call.answered;
    nat.cut();
    await expect.poll(() => caller.transportCounters.connections.open).toBe(0);
    await call.call.hangup();
    expect(await call.ended).toEqual({ by: 'local', status: 200 });
  });
});

describe('UDP flows', () => {
  it('are kept open every 24 to 29 s as long as somebody needs them (RFC 5626 4.4.2)', async () => {
    const { transports, clock } = await openTransports();
    const sent: number[] = [];
    const socket = createSocket('udp4', (bytes) => sent.push(bytes.length));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    const flow = { transport: 'udp', remoteAddress: '127.0.0.1', remotePort: socket.address().port } as const;
    const [stop, stopToo] = [transports.keepAlive(flow), transports.keepAlive(flow)];
    clock.advance(23_999);
    clock.advance(5_001);
    await expect.poll(() => sent).toEqual([4]);
    stop();
    stop();
    clock.advance(29_000);
    await expect.poll(() => sent).toEqual([4, 4]);
    stopToo();
    const running = clock.running;
    clock.advance(60_000);
    expect(clock.running).toBe(running);
    expect(sent).toHaveLength(2);
  });

  it('hear keepalives without a word', async () => {
    const heard: number[] = [];
    const { transports } = await openTransports({ message: (bytes) => void heard.push(bytes.length) });
    const { transports: other } = await openTransports();
    const flow = { transport: 'udp', remoteAddress: '127.0.0.1', remotePort: transports.port } as const;
    for (const text of ['\r\n\r\n', '\0\0\0\0', '\r\n', 'abcde']) other.send(flow, Buffer.from(text), () => {});
    await expect.poll(() => heard).toEqual([5]);
  });
});
