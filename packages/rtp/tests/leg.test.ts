import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createPortPool, openRtpLeg } from '../src/index.ts';
import { openLeg, openPeer } from './leg-peer.ts';

const nobody = { address: '127.0.0.1', port: 9 };

test('sends at once, without waiting for the far end to speak', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0 });
  leg.payload.fill(0x11);
  leg.send(true);
  await once(peer.socket, 'message');
  expect(peer.received).toHaveLength(1);
  expect(peer.received[0]?.payload).toEqual(Buffer.alloc(160, 0x11));
  expect(leg.stats).toMatchObject({ sent: 1, received: 0 });
});

test('golden stream: sequence by one, timestamp by samples, marker where talk begins', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 8 });
  // Talk, three silent ticks, talk again, a marker asked for.
  const plan = 'ttt...tttM'.split('');
  for (const [i, step] of plan.entries()) {
    leg.payload.fill(i);
    if (step === '.') leg.skip();
    else leg.send(step === 'M');
  }
  await vi.waitFor(() => expect(peer.received).toHaveLength(7));
  const first = peer.received[0];
  expect(peer.received.map(({ sequence }) => (sequence - (first?.sequence ?? 0)) & 0xffff)).toEqual([
    0, 1, 2, 3, 4, 5, 6,
  ]);
  expect(peer.received.map(({ timestamp }) => (timestamp - (first?.timestamp ?? 0)) >>> 0)).toEqual(
    [0, 1, 2, 6, 7, 8, 9].map((tick) => tick * 160),
  );
  expect(peer.received.map(({ marker }) => marker)).toEqual([true, false, false, true, false, false, true]);
  expect(new Set(peer.received.map(({ ssrc, payloadType }) => `${ssrc} ${payloadType}`)).size).toBe(1);
  // Packets of one burst do not overwrite each other while they wait in the socket.
  expect(peer.received.map(({ payload }) => payload[0])).toEqual([0, 1, 2, 6, 7, 8, 9]);
});

test('a key replaces the sound, and sound goes on at the right time after it', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, telephoneEventPayloadType: 96 });
  leg.send(false);
  expect(leg.pressDigit('7', 60)).toBe(true);
  for (let i = 0; i < 6; i += 1) leg.send(false);
  await vi.waitFor(() => expect(peer.received).toHaveLength(7));
  const start = peer.received[0]?.timestamp ?? 0;
  expect(
    peer.received.map(({ payloadType, marker, timestamp, payload }) => [
      payloadType,
      marker,
      (timestamp - start) >>> 0,
      payloadType === 96 ? payload.toString('hex') : 'sound',
    ]),
  ).toEqual([
    [0, true, 0, 'sound'],
    [96, true, 160, '070a00a0'],
    [96, false, 160, '070a0140'],
    [96, false, 160, '078a01e0'],
    [96, false, 160, '078a01e0'],
    [96, false, 160, '078a01e0'],
    [0, false, 6 * 160, 'sound'],
  ]);
  const sequences = peer.received.map(({ sequence }) => sequence);
  expect(sequences.every((sequence, i) => i === 0 || ((sequence - (sequences[i - 1] ?? 0)) & 0xffff) === 1)).toBe(true);
});

test('a key is sent although there is no sound', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0, telephoneEventPayloadType: 101 });
  leg.pressDigit('#', 40);
  for (let i = 0; leg.sendingDigits && i < 20; i += 1) leg.skip();
  await vi.waitFor(() => expect(peer.received.map(({ payloadType }) => payloadType)).toEqual([101, 101, 101, 101]));
});

test('digits that were not agreed are refused', async () => {
  const { leg } = await openLeg({ remote: nobody, payloadType: 0 });
  expect(leg.pressDigit('1', 100)).toBe(false);
});

test('hears each packet once as it comes, and counts what is lost', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  for (const sequence of [1, 2, 4, 3, 5, 8, 9, 9, 6, 10]) peer.send(leg.localPort, { sequence });
  await vi.waitFor(() => expect(heard).toHaveLength(9));
  expect(heard).toEqual(['1', '2', '4', '3', '5', '8', '9', '6', '10']);
  expect(leg.stats).toMatchObject({ received: 10, lost: 1, duplicate: 1, foreign: 0 });
  expect(leg.stats.lastArrivalMs).toBeGreaterThanOrEqual(leg.stats.firstArrivalMs);
  expect(leg.stats.firstArrivalMs).toBeGreaterThan(0);
});

test('packets of the codec before a change are heard to the end', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  peer.send(leg.localPort, { sequence: 1 });
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  leg.connect({ remote: peer.address, payloadType: 8 });
  peer.send(leg.localPort, { sequence: 2 });
  peer.send(leg.localPort, { sequence: 3, type: 8 });
  await vi.waitFor(() => expect(heard).toEqual(['1', '2', '3']));
  expect(leg.stats.unexpected).toBe(0);
});

test('another source identifier begins a new stream without loss', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  peer.send(leg.localPort, { sequence: 1 });
  peer.send(leg.localPort, { sequence: 40_000, ssrc: 2 });
  peer.send(leg.localPort, { sequence: 40_001, ssrc: 2 });
  await vi.waitFor(() => expect(heard).toHaveLength(3));
  expect(leg.stats).toMatchObject({ lost: 0, restarted: 1 });
  // The new stream's timestamps are not compared with the old one's.
  expect(leg.stats.jitterMs).toBeLessThan(100);
});

test('keys of a carrier without marker are heard once, between packets of sound', async () => {
  const peer = await openPeer();
  const { leg, heard, digits } = await openLeg({
    remote: peer.address,
    payloadType: 0,
    telephoneEventPayloadType: 101,
  });
  const events = ['020a00a0', '020a0140', '028a01e0', '028a01e0', '028a01e0'];
  peer.send(leg.localPort, { sequence: 10, timestamp: 1000 });
  events.forEach((hex, i) => {
    peer.send(leg.localPort, { sequence: 11 + i, timestamp: 1160, type: 101, payload: Buffer.from(hex, 'hex') });
  });
  peer.send(leg.localPort, { sequence: 16, timestamp: 1960 });
  await vi.waitFor(() => expect(heard).toEqual(['10', '16']));
  expect(digits).toEqual(['2 60']);
  expect(leg.stats.lost).toBe(0);
});

test('the tick ends a key whose end packets were lost', async () => {
  const peer = await openPeer();
  const { leg, digits } = await openLeg({ remote: peer.address, payloadType: 0, telephoneEventPayloadType: 101 });
  peer.send(leg.localPort, { sequence: 1, type: 101, payload: Buffer.from('080a0320', 'hex') });
  await vi.waitFor(() => expect(leg.stats.received).toBe(1));
  for (let i = 0; i < 8; i += 1) leg.skip();
  expect(digits).toEqual(['8 100']);
});

test('comfort noise that was not agreed is no loss, and not played', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  peer.send(leg.localPort, { sequence: 1 });
  peer.send(leg.localPort, { sequence: 2, type: 13 });
  peer.send(leg.localPort, { sequence: 3 });
  await vi.waitFor(() => expect(heard).toEqual(['1', '3']));
  expect(leg.stats).toMatchObject({ lost: 0, unexpected: 1 });
});

test('RTCP, STUN, DTLS and rubbish on the port are counted, not played', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  const others = [
    '80c90001 00000001',
    '000100002112a442000000000000000000000000',
    '16fefd0000000000000000000000',
    '80',
    '',
    '8f0000010000000000000001',
  ];
  for (const hex of others) peer.socket.send(Buffer.from(hex.replaceAll(' ', ''), 'hex'), leg.localPort, '127.0.0.1');
  await vi.waitFor(() => expect(leg.stats.otherProtocol).toBe(others.length - 1));
  expect(heard).toEqual([]);
  expect(leg.stats).toMatchObject({ received: 0, controlReceived: 1 });
});

test('jitter follows the spacing of the packets', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0 });
  // A burst: arrival times hardly differ, timestamps say 100 ms apart.
  for (let i = 0; i < 16; i += 1) peer.send(leg.localPort, { sequence: i, timestamp: i * 800 });
  await vi.waitFor(() => expect(leg.stats.received).toBe(16));
  // 100 ms * (1 - (15/16)^15) = 62 ms, less what the burst itself took.
  expect(leg.stats.jitterMs).toBeGreaterThan(50);
  expect(leg.stats.jitterMs).toBeLessThan(63);
});

test('survives a far end whose port is closed (ICMP port unreachable)', async () => {
  const gone = await openPeer();
  const { leg, errors } = await openLeg({ remote: gone.address, payloadType: 0 });
  const port = gone.address.port;
  await gone.close();
  for (let i = 0; i < 20; i += 1) {
    leg.send(false);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(errors).toEqual([]);
  const back = await openPeer('127.0.0.1', port);
  leg.send(false);
  await once(back.socket, 'message');
  expect(leg.stats.sent).toBe(21);
});

test('a network that refuses is counted and does not end the leg', async () => {
  const { leg } = await openLeg({ remote: { address: '255.255.255.255', port: 4000 }, payloadType: 0 });
  leg.send(false);
  await vi.waitFor(() => expect(leg.stats.sendErrors).toBe(1));
});

test.each([
  ['all zeros', { address: '0.0.0.0', port: 4000 }],
  ['port zero', { address: '127.0.0.1', port: 0 }],
])('sends nothing to a far end on hold: %s', async (_, remote) => {
  const { leg } = await openLeg({ remote, payloadType: 0 });
  leg.send(false);
  leg.skip();
  expect(leg.stats.sent).toBe(0);
});

test('sound after a hold begins a talk-spurt at the time it has', async () => {
  const peer = await openPeer();
  const { leg } = await openLeg({ remote: peer.address, payloadType: 0 });
  leg.send(false);
  leg.connect({ remote: { address: '0.0.0.0', port: peer.address.port }, payloadType: 0 });
  leg.send(false);
  leg.send(false);
  leg.connect({ remote: peer.address, payloadType: 0 });
  leg.send(false);
  leg.send(false);
  await vi.waitFor(() => expect(peer.received).toHaveLength(3));
  const start = peer.received[0]?.timestamp ?? 0;
  expect(peer.received.map(({ marker, timestamp }) => [marker, (timestamp - start) >>> 0])).toEqual([
    [true, 0],
    [true, 480],
    [false, 640],
  ]);
});

test('hears and sends nothing before it is connected', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg();
  peer.send(leg.localPort, { sequence: 1 });
  leg.send(false);
  expect(leg.target).toBeUndefined();
  leg.connect({ remote: peer.address, payloadType: 0 });
  expect(leg.target).toEqual(peer.address);
  await vi.waitFor(() => {
    peer.send(leg.localPort, { sequence: 2 });
    expect(heard).toContain('2');
  });
  expect(leg.stats.sent).toBe(0);
});

test.each(['media.example', 'fd00::2', ''])(
  'where the SDP says "%s", sends nothing before it hears, and then there',
  async (address) => {
    const peer = await openPeer();
    const { leg, heard } = await openLeg({ remote: { address, port: peer.address.port }, payloadType: 0 });
    leg.send(false);
    peer.send(leg.localPort, { sequence: 1 });
    await vi.waitFor(() => expect(heard).toEqual(['1']));
    expect(leg.stats.sent).toBe(0);
    leg.send(false);
    await vi.waitFor(() => expect(peer.received).toHaveLength(1));
    expect(leg.target).toEqual(peer.address);
  },
);

test('a handler that throws does not end the leg', async () => {
  const peer = await openPeer();
  const errors: unknown[] = [];
  let heard = 0;
  const leg = await openRtpLeg({
    pool: createPortPool({ min: 10_000, max: 19_999, host: '127.0.0.1' }),
    agreement: { remote: peer.address, payloadType: 0 },
    handlers: {
      onSound() {
        heard += 1;
        if (heard === 1) throw new Error('broken call');
      },
      onDigit: () => undefined,
      onError: (error) => errors.push(error),
    },
  });
  peer.send(leg.localPort, { sequence: 1 });
  peer.send(leg.localPort, { sequence: 2 });
  await vi.waitFor(() => expect(heard).toBe(2));
  expect(errors).toEqual([new Error('broken call')]);
  await leg.close();
});

test('a stream goes on where it was after a restart of the process', async () => {
  const peer = await openPeer();
  const before = await openLeg({ remote: peer.address, payloadType: 8, telephoneEventPayloadType: 101 });
  for (let i = 0; i < 5; i += 1) {
    before.leg.send(false);
    peer.send(before.leg.localPort, { sequence: i, type: 8 });
  }
  await vi.waitFor(() => expect(before.heard).toHaveLength(5));
  const snapshot = before.leg.snapshot();
  await before.leg.close();

  const after = await openLeg();
  after.leg.restore(JSON.parse(JSON.stringify(snapshot)));
  expect(after.leg.snapshot()).toEqual(snapshot);
  after.leg.send(false);
  await vi.waitFor(() => expect(peer.received).toHaveLength(6));
  const [last, next] = peer.received.slice(-2);
  expect(((next?.sequence ?? 0) - (last?.sequence ?? 0)) & 0xffff).toBe(1);
  expect(((next?.timestamp ?? 0) - (last?.timestamp ?? 0)) >>> 0).toBe(160);
  expect([next?.ssrc, next?.payloadType]).toEqual([last?.ssrc, 8]);
  expect(after.leg.pressDigit('1', 100)).toBe(true);
});

test('after closing nothing is sent or heard', async () => {
  const peer = await openPeer();
  const { leg, heard } = await openLeg({ remote: peer.address, payloadType: 0 });
  const { localPort } = leg;
  const closing = leg.close();
  leg.send(false);
  peer.send(localPort, { sequence: 1 });
  await closing;
  await leg.close();
  expect(leg.stats.sent).toBe(0);
  expect(heard).toEqual([]);
});
