import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newSrtpKey } from '../src/index.ts';
import { readRtcp, writeRtcp } from '../src/rtcp/rtcp-packet.ts';
import { SrtpReceiver } from '../src/srtp/srtp-receiver.ts';
import { openLeg, openPeer } from './leg-peer.ts';

async function openControl(host = '127.0.0.1') {
  const socket = createSocket('udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const received: Buffer[] = [];
  socket.on('message', (packet) => received.push(packet));
  return { socket, received, address: { address: host, port: socket.address().port } };
}

test('at its end a leg reports what it sent and received, and says goodbye, to the address of the SDP', async () => {
  const peer = await openPeer();
  const control = await openControl();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0, remoteRtcp: control.address });
  for (const sequence of [1, 2, 4]) peer.send(leg.localPort, { sequence, ssrc: 77 });
  await vi.waitFor(() => expect(heard).toHaveLength(3));
  for (let i = 0; i < 5; i++) leg.send(false);
  await vi.waitFor(() => expect(peer.received).toHaveLength(5));
  await leg.close();
  await vi.waitFor(() => expect(control.received).toHaveLength(1));
  const report = readRtcp(control.received[0] ?? Buffer.alloc(0), 77);
  expect(report).toMatchObject({
    ssrc: peer.received[0]?.ssrc,
    sender: { packets: 5, octets: 800 },
    reception: { cumulativeLost: 1, highestSequence: 4 },
    isBye: true,
  });
  expect(report?.cname).toMatch(/^[A-Za-z0-9+/]{16}$/);
});

test('reports share the port of the sound where that was agreed', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, rtcpMux: true });
  leg.send(false);
  const datagrams: Buffer[] = [];
  peer.socket.on('message', (packet) => datagrams.push(packet));
  await leg.close();
  await vi.waitFor(() => expect(datagrams.some((packet) => readRtcp(packet, 0)?.isBye)).toBe(true));
});

test.each([
  ['on the port of the sound', true],
  ['on the next port', false],
])('what the far end reports %s is known', async (_, rtcpMux) => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, rtcpMux });
  leg.send(false);
  await vi.waitFor(() => expect(peer.received).toHaveLength(1));
  const report = writeRtcp({
    ssrc: 1,
    reception: {
      ssrc: peer.received[0]?.ssrc ?? 0,
      fractionLost: 0.25,
      cumulativeLost: 3,
      highestSequence: 9,
      jitter: 80,
      lastSenderReport: 0,
      delaySinceLastSenderReport: 0,
    },
    isBye: false,
  });
  await vi.waitFor(() => {
    peer.socket.send(report, leg.localPort + (rtcpMux ? 0 : 1), '127.0.0.1');
    expect(leg.farEnd).toEqual({ fractionLost: 0.25, cumulativeLost: 3, jitterMs: 10, roundTripMs: undefined });
  });
  expect(leg.stats.lastControlMs).toBeGreaterThan(0);
});

test('reports of a stranger are not believed', async () => {
  const peer = await openPeer();
  const stranger = await openControl('127.0.0.3');
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, rtcpMux: true });
  stranger.socket.send(writeRtcp({ ssrc: 1, isBye: true }), leg.localPort, '127.0.0.1');
  peer.send(leg.localPort, { sequence: 1 });
  await vi.waitFor(() => expect(leg.stats.received).toBe(1));
  expect(leg.stats.controlReceived).toBe(0);
});

test('a leg with keys encrypts its reports', async () => {
  const peer = await openPeer();
  const control = await openControl();
  const keys = { local: newSrtpKey('AES_CM_128_HMAC_SHA1_80'), remote: newSrtpKey('AES_CM_128_HMAC_SHA1_80') };
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, remoteRtcp: control.address, srtp: keys });
  leg.send(false);
  // The port of RTCP is bound in the background.
  await vi.waitFor(() => expect(peer.received).toHaveLength(1));
  await leg.close();
  await vi.waitFor(() => expect(control.received).toHaveLength(1));
  const sealed = control.received[0] ?? Buffer.alloc(0);
  const opened = new SrtpReceiver(keys.local).openRtcp(sealed);
  expect(typeof opened !== 'string' && readRtcp(opened, 0)?.isBye).toBe(true);
});
