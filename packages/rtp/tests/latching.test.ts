import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { openLeg, openPeer } from './leg-peer.ts';

const silent = { address: '127.0.0.1', port: 9 };

test('a far end behind a NAT gets the sound at the address its packets come from', async () => {
  const nat = await openPeer('127.0.0.2');
  const { leg, heard } = await openLeg({ remote: silent, payloadType: 0 });
  nat.send(leg.localPort, { sequence: 1 });
  await vi.waitFor(() => expect(heard).toEqual(['1']));
  expect(leg.target).toEqual(nat.address);
  leg.send(false);
  await once(nat.socket, 'message');
});

test('who guesses the port of a running call is not heard and gets nothing', async () => {
  const nat = await openPeer('127.0.0.2');
  const stranger = await openPeer('127.0.0.3');
  const { leg, heard } = await openLeg({ remote: silent, payloadType: 0 });
  for (let sequence = 1; sequence <= 5; sequence += 1) nat.send(leg.localPort, { sequence });
  await vi.waitFor(() => expect(heard).toHaveLength(5));
  for (let i = 0; i < 20; i += 1) stranger.send(leg.localPort, { sequence: 200 + i, ssrc: 9 });
  await vi.waitFor(() => expect(leg.stats.foreign).toBe(20));
  leg.send(false);
  await once(nat.socket, 'message');
  nat.send(leg.localPort, { sequence: 6 });
  await vi.waitFor(() => expect(heard).toEqual(['1', '2', '3', '4', '5', '6']));
  expect(stranger.received).toEqual([]);
  expect(leg.stats).toMatchObject({ received: 6, restarted: 0, lost: 0 });
});

test('the address of the SDP wins over a stranger who was first', async () => {
  const agreed = await openPeer();
  const stranger = await openPeer('127.0.0.3');
  const { leg, heard } = await openLeg({ remote: agreed.address, payloadType: 0 });
  stranger.send(leg.localPort, { sequence: 200, ssrc: 9 });
  await vi.waitFor(() => expect(heard).toEqual(['200']));
  agreed.send(leg.localPort, { sequence: 1 });
  stranger.send(leg.localPort, { sequence: 201, ssrc: 9 });
  agreed.send(leg.localPort, { sequence: 2 });
  await vi.waitFor(() => expect(heard).toEqual(['200', '1', '2']));
  expect(leg.target).toEqual(agreed.address);
  expect(leg.stats).toMatchObject({ foreign: 1, lost: 0 });
});

test('new SDP moves the call to another address', async () => {
  const first = await openPeer('127.0.0.2');
  const second = await openPeer('127.0.0.3');
  const { leg, heard } = await openLeg({ remote: first.address, payloadType: 0 });
  for (let sequence = 1; sequence <= 6; sequence += 1) first.send(leg.localPort, { sequence });
  await vi.waitFor(() => expect(heard).toHaveLength(6));
  leg.connect({ remote: second.address, payloadType: 8 });
  leg.send(false);
  await once(second.socket, 'message');
  expect(second.received[0]?.payloadType).toBe(8);
  second.send(leg.localPort, { sequence: 70, ssrc: 2, type: 8 });
  await vi.waitFor(() => expect(heard.at(-1)).toBe('70'));
});

test('packets of a codec that was not agreed do not draw the sound to their source', async () => {
  const stranger = await openPeer('127.0.0.3');
  const { leg } = await openLeg({ remote: silent, payloadType: 0 });
  stranger.send(leg.localPort, { sequence: 1, type: 96 });
  await vi.waitFor(() => expect(leg.stats.unexpected).toBe(1));
  expect(leg.target).toEqual(silent);
});

test('a phone that comes back from another port within its stream is heard on, a stranger after silence is not', async () => {
  const before = await openPeer('127.0.0.2');
  const after = await openPeer('127.0.0.2');
  const stranger = await openPeer('127.0.0.3');
  const { leg, heard } = await openLeg({ remote: silent, payloadType: 0 });
  for (let sequence = 1; sequence <= 5; sequence += 1) before.send(leg.localPort, { sequence });
  await vi.waitFor(() => expect(heard).toHaveLength(5));
  await new Promise((resolve) => setTimeout(resolve, 1050));
  stranger.send(leg.localPort, { sequence: 60, ssrc: 9 });
  after.send(leg.localPort, { sequence: 56 });
  await vi.waitFor(() => expect(heard).toEqual(['1', '2', '3', '4', '5', '56']));
  expect(leg.target).toEqual(after.address);
  expect(leg.stats).toMatchObject({ foreign: 1, restarted: 0, lost: 50 });
});
