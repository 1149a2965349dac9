import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPortPool, openRtpLeg, type RtpLeg } from '../src/index.ts';
import { addressOnSocket } from '../src/socket-address.ts';

async function openLegOn(host: string, heard: number[]): Promise<RtpLeg> {
  const leg = await openRtpLeg({
    pool: createPortPool({ min: 20_000, max: 29_999, host }),
    handlers: {
      onSound: (packet, { payloadFrom }) => heard.push(packet.readUInt8(payloadFrom)),
      onDigit() {},
      onError: (error) => expect.unreachable(String(error)),
    },
  });
  onTestFinished(() => leg.close());
  return leg;
}

describe('sound both ways', () => {
  it.each([
    ['over IPv6', '::1', '::1'],
    ['over IPv6, spelled out', '::1', '0:0:0:0:0:0:0:1'],
    ['over IPv6 to a dual-stack socket', '::', '::1'],
    ['over IPv4 to a dual-stack socket', '::', '127.0.0.1'],
    ['over IPv4 to a dual-stack socket, written as IPv6', '::', '::ffff:127.0.0.1'],
  ])('%s', async (_, host, announced) => {
    const isIPv4 = announced.includes('.');
    const peerHost = isIPv4 ? '127.0.0.1' : '::1';
    const peer = createSocket(isIPv4 ? 'udp4' : 'udp6');
    peer.bind(0, peerHost);
    await once(peer, 'listening');
    onTestFinished(() => void peer.close());
    let received = 0;
    peer.on('message', () => received++);
    const heard: number[] = [];
    const leg = await openLegOn(host, heard);
    const { port } = peer.address();
    leg.connect({ remote: { address: announced, port }, payloadType: 0 });
    leg.send(true);
    await vi.waitFor(() => expect(received).toBe(1));
    for (const sequence of [1, 2, 3, 4, 5, 6]) {
      const packet = Buffer.alloc(12 + 160, sequence);
      packet.set([0x80, 0, 0, sequence, 0, 0, 0, sequence * 16, 0, 0, 0, 1]);
      peer.send(packet, leg.localPort, peerHost);
    }
    await vi.waitFor(() => {
      leg.skip();
      expect(heard).toEqual([1, 2, 3, 4, 5, 6]);
    });
    expect(leg.target).toEqual({ address: peerHost, port });
    // Locked to the address of the SDP, not to one found elsewhere.
    expect(leg.snapshot().source?.state).toBe('locked_at_sdp');
  });

  it('sends nothing to the IPv4 hold address over a dual-stack socket', async () => {
    const leg = await openLegOn('::', []);
    leg.connect({ remote: { address: '0.0.0.0', port: 5000 }, payloadType: 0 });
    leg.send(true);
    expect(leg.stats.sent).toBe(0);
  });
});

describe('an address on a socket', () => {
  it.each([
    ['192.0.2.1', '0.0.0.0', '192.0.2.1'],
    ['2001:db8::1', '0.0.0.0', undefined],
    ['192.0.2.1', '2001:db8::2', undefined],
    ['192.0.2.1', '::', '::ffff:192.0.2.1'],
    ['2001:DB8:0:0::1', '::', '2001:db8::1'],
    ['pbx.example.com', '::', undefined],
    ['', '0.0.0.0', undefined],
  ])('%s on %s is %s', (address, host, onSocket) => {
    expect(addressOnSocket(address, host)).toBe(onSocket);
  });
});
