import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeDns, type SipEndpointOptions } from '../../src/index.ts';
import { openDnsServer } from '../support/dns-server.ts';
import { answerFor, authentication, offer, openEndpoint } from '../support/endpoints.ts';
import { fastClock } from '../support/fake-clock.ts';
import { placeCall } from '../support/place-call.ts';

/** An endpoint that answers, on an address of its own. */
async function openCallee(options: Partial<SipEndpointOptions> = {}) {
  let invites = 0;
  const callee = await openEndpoint({
    authentication,
    onInvite: (call) => call.answer(answerFor(call)),
    onMessage: ({ direction, bytes }) => {
      if (direction === 'in' && bytes.toString('latin1', 0, 7) === 'INVITE ') invites++;
    },
    ...options,
  });
  return { callee, port: callee.port, invites: () => invites };
}

/** A UDP port that hears and says nothing. */
async function openSilence(): Promise<{ readonly port: number; readonly heard: string[] }> {
  const heard: string[] = [];
  const socket = createSocket('udp4', (bytes) => heard.push(bytes.toString('latin1')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { port: socket.address().port, heard };
}

/** A caller whose DNS sends `carrier.test` to these ports, best first. */
async function openCaller(ports: readonly number[], transport: 'udp' | 'tcp' = 'udp') {
  const { resolver } = await openDnsServer([
    ...ports.map((port, index) => `SRV _sip._${transport}.carrier.test ${index} 0 ${port} a.carrier.test`),
    'A a.carrier.test 127.0.0.1',
  ]);
  return openEndpoint({ clock: fastClock(40), dns: nodeDns(resolver) });
}

describe('failover (RFC 3263 4.3)', () => {
  it('goes on when nobody answers, with the same request, and avoids that place for 30 s', async () => {
    const silence = await openSilence();
    const { port } = await openCallee();
    const caller = await openCaller([silence.port, port]);
    const first = placeCall(caller, 'sip:1@carrier.test;transport=udp');
    await first.answered;
    expect(first.attempts).toEqual([
      `udp 127.0.0.1 ${silence.port} trying`,
      `udp 127.0.0.1 ${silence.port} timeout`,
      `udp 127.0.0.1 ${port} trying`,
    ]);
    expect(silence.heard[0]).toContain('CSeq: 1 INVITE');
    const second = placeCall(caller, 'sip:1@carrier.test;transport=udp');
    await second.answered;
    expect(second.attempts).toEqual([`udp 127.0.0.1 ${port} trying`]);
  });

  it('goes on after 503', async () => {
    const full = await openCallee();
    full.callee.refuseNewCalls();
    const { port, invites } = await openCallee();
    const call = placeCall(await openCaller([full.port, port]), 'sip:1@carrier.test;transport=udp');
    await call.answered;
    expect(full.invites()).toBe(1);
    // With and without credentials.
    expect(invites()).toBe(2);
    expect(call.attempts[1]).toBe(`udp 127.0.0.1 ${full.port} refused`);
    await call.call.hangup();
    expect(await call.ended).toEqual({ by: 'local', status: 200 });
  });

  it('goes on when no connection can be made', async () => {
    const { port } = await openCallee();
    const call = placeCall(await openCaller([1, port], 'tcp'), 'sip:1@carrier.test;transport=tcp');
    await call.answered;
    expect(call.attempts).toEqual([
      'tcp 127.0.0.1 1 trying',
      'tcp 127.0.0.1 1 transport',
      `tcp 127.0.0.1 ${port} trying`,
    ]);
  });

  it('does not go on after any other refusal', async () => {
    const busy = await openCallee({ onInvite: (call) => call.refuse(486) });
    const { port, invites } = await openCallee();
    const call = placeCall(await openCaller([busy.port, port]), 'sip:1@carrier.test;transport=udp');
    expect((await call.refused).status).toBe(486);
    expect(invites()).toBe(0);
  });

  it('ends with the last failure when all places fail', async () => {
    const full = await openCallee();
    full.callee.refuseNewCalls();
    const call = placeCall(await openCaller([1, full.port], 'tcp'), 'sip:1@carrier.test;transport=tcp');
    expect((await call.refused).status).toBe(503);
    expect(call.attempts).toHaveLength(4);
  });

  it('says that a name does not exist', async () => {
    const caller = await openCaller([]);
    const call = placeCall(caller, 'sip:1@nowhere.test;transport=udp');
    expect(await call.refused).toEqual({
      status: 503,
      reason: expect.stringContaining('DNS knows no address of nowhere.test'),
    });
  });
});

describe('a request above 1,300 bytes (RFC 3261 18.1.1)', () => {
  const large = { 'X-Large': 'x'.repeat(1200) };

  /** Accepts connections and resets them when something is said. */
  async function openResetting(port: number): Promise<void> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      socket.on('data', () => socket.resetAndDestroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
  }

  it('loses what it can do without, and then fits', async () => {
    const sent: string[] = [];
    const { port } = await openCallee();
    const caller = await openEndpoint({
      userAgent: 'chatty'.repeat(120),
      onMessage: ({ direction, flow, bytes }) => {
        if (direction === 'out') sent.push(`${flow.transport} ${bytes.toString('latin1')}`);
      },
    });
    const call = placeCall(caller, `sip:1@127.0.0.1:${port}`);
    await call.answered;
    expect(sent[0]).toMatch(/^udp INVITE/);
    expect(sent[0]).not.toContain('User-Agent');
    expect(sent[0]).not.toContain('Allow');
    expect(sent[0]).toContain(offer);
    expect(caller.transportCounters.largeRequests).toBe(0);
  });

  it('goes over TCP', async () => {
    const { port } = await openCallee();
    const caller = await openEndpoint();
    const call = placeCall(caller, `sip:1@127.0.0.1:${port}`, { headers: large });
    await call.answered;
    expect(call.attempts).toEqual([`tcp 127.0.0.1 ${port} trying`]);
    expect(caller.transportCounters).toMatchObject({ largeRequests: 1, largeRequestsOverUdp: 0 });
  });

  it.each(['refuses', 'resets'])(
    'goes over UDP after all when the peer %s TCP, and the next one at once',
    async (how) => {
      const silence = createSocket('udp4');
      silence.bind(0, '127.0.0.1');
      await once(silence, 'listening');
      onTestFinished(() => void silence.close());
      const { port } = silence.address();
      if (how === 'resets') await openResetting(port);
      const caller = await openEndpoint({ clock: fastClock(40) });
      const over = async () => {
        const call = placeCall(caller, `sip:1@127.0.0.1:${port}`, { headers: large });
        expect((await call.refused).status).toBe(408);
        return call.attempts.map((attempt) => attempt.replace(/127.0.0.1 \d+ /, ''));
      };
      expect(await over()).toEqual(['tcp trying', 'tcp transport', 'udp trying', 'udp timeout']);
      expect(await over()).toEqual(['udp trying', 'udp timeout']);
      expect(caller.transportCounters).toMatchObject({ largeRequests: 2, largeRequestsOverUdp: 2 });
    },
  );

  it('goes over UDP when that is asked for', async () => {
    const { port } = await openCallee();
    const call = placeCall(await openEndpoint(), `sip:1@127.0.0.1:${port};transport=udp`, { headers: large });
    await call.answered;
    expect(call.attempts).toEqual([`udp 127.0.0.1 ${port} trying`]);
  });
});
