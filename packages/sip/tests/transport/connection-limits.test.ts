import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseUri } from '../../src/message/uri.ts';
import { openEndpoint } from '../support/endpoints.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openTcpPeer } from '../support/raw-peer.ts';
import { openListener, openTransports } from '../support/transports.ts';

describe('a connection that takes memory', () => {
  it('is closed when a message does not end within 32 s', async () => {
    const clock = new FakeClock();
    const listening = await openEndpoint({ clock });
    const slow = await openTcpPeer(listening.port);
    slow.send('OPTIONS sip:a@b SIP/2.0\r\n');
    const before = clock.running;
    await expect.poll(() => clock.running).toBe(before + 1);
    clock.advance(31_999);
    expect(listening.transportCounters.connections.open).toBe(1);
    clock.advance(1);
    await slow.closed;
  });

  it('is closed when a message comes byte by byte, however steadily', async () => {
    const clock = new FakeClock();
    const listening = await openEndpoint({ clock });
    const slow = await openTcpPeer(listening.port);
    const before = clock.running;
    for (const piece of ['OPT', 'IONS', ' sip:', 'a@b ', 'SIP/2.0\r\n']) {
      slow.send(piece);
      await new Promise((resolve) => setTimeout(resolve, 10));
      clock.advance(8_000);
    }
    await slow.closed;
    expect(clock.running).toBe(before);
  });

  it('is closed when its peer reads nothing while a megabyte waits for it', async () => {
    const { transports } = await openTransports();
    const listener = await openListener();
    const { flow } = await (await transports.routesTo(listener.uri)).next();
    await expect.poll(() => listener.sockets.length).toBe(1);
    listener.sockets[0]?.pause();
    const lost = Promise.withResolvers<void>();
    transports.onFlowLost(flow, lost.resolve);
    // Buffers of the system take a few megabytes first.
    for (let sent = 0; sent < 64; sent++) transports.send(flow, Buffer.alloc(1024 * 256), () => {});
    await lost.promise;
    expect(transports.isOpen(flow)).toBe(false);
  });
});

describe('transports that are closed', () => {
  it('do not wait for a peer that reads nothing', async () => {
    const { transports, clock } = await openTransports();
    const listener = await openListener();
    const { flow } = await (await transports.routesTo(listener.uri)).next();
    await expect.poll(() => listener.sockets.length).toBe(1);
    listener.sockets[0]?.pause();
    const lost = Promise.withResolvers<void>();
    transports.onFlowLost(flow, lost.resolve);
    // More than the system takes, less than makes us give up at once.
    for (let sent = 0; sent < 40; sent++) {
      transports.send(flow, Buffer.alloc(1024 * 100), () => {});
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const closed = transports.close();
    clock.advance(2_000);
    await lost.promise;
    await closed;
  });

  it('leave no connection behind that was being made', async () => {
    const { transports, clock } = await openTransports();
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    // The peer never says a word of TLS.
    const route = await transports.routesTo(parseUri(`sip:127.0.0.1:${port};transport=tls`));
    const dialling = route.next();
    await once(server, 'connection');
    await transports.close();
    await expect(dialling).rejects.toMatchObject({ code: 'unreachable' });
    const late = await transports.routesTo(parseUri(`sip:127.0.0.1:${port};transport=tcp`));
    await expect(late.next()).rejects.toMatchObject({ code: 'unreachable' });
    expect(transports.counters.connections.open).toBe(0);
    expect(clock.running).toBe(0);
  });
});
