import { expect, test } from 'vitest';
import {
  createSourceLatch,
  type LatchAction,
  type LatchEvent,
  type LatchState,
  latchTable,
} from '../src/source-latch.ts';

const sdp = { address: '192.0.2.1', port: 4000 };
const nat = { address: '198.51.100.7', port: 61_000 };
const stranger = { address: '203.0.113.9', port: 5060 };

/** State x event -> next state and action, written down a second time by hand. */
const expected: Record<LatchState, Record<LatchEvent, [LatchState, LatchAction]>> = {
  waiting: {
    from_sdp: ['at_sdp', 'adopt'],
    from_source: ['elsewhere', 'adopt'],
    from_other: ['elsewhere', 'adopt'],
    from_other_after_silence: ['elsewhere', 'adopt'],
    successor: ['elsewhere', 'adopt'],
    successor_at_sdp: ['at_sdp', 'adopt'],
    enough: ['waiting', 'none'],
    new_sdp: ['waiting', 'forget'],
  },
  at_sdp: {
    from_sdp: ['at_sdp', 'play'],
    from_source: ['at_sdp', 'play'],
    from_other: ['at_sdp', 'refuse'],
    from_other_after_silence: ['at_sdp', 'refuse'],
    successor: ['elsewhere', 'adopt'],
    successor_at_sdp: ['at_sdp', 'adopt'],
    enough: ['locked_at_sdp', 'none'],
    new_sdp: ['waiting', 'forget'],
  },
  elsewhere: {
    from_sdp: ['at_sdp', 'adopt'],
    from_source: ['elsewhere', 'play'],
    from_other: ['elsewhere', 'refuse'],
    from_other_after_silence: ['elsewhere', 'adopt'],
    successor: ['elsewhere', 'adopt'],
    successor_at_sdp: ['at_sdp', 'adopt'],
    enough: ['locked_elsewhere', 'none'],
    new_sdp: ['waiting', 'forget'],
  },
  locked_at_sdp: {
    from_sdp: ['locked_at_sdp', 'play'],
    from_source: ['locked_at_sdp', 'play'],
    from_other: ['locked_at_sdp', 'refuse'],
    from_other_after_silence: ['locked_at_sdp', 'refuse'],
    successor: ['elsewhere', 'adopt'],
    successor_at_sdp: ['at_sdp', 'adopt'],
    enough: ['locked_at_sdp', 'none'],
    new_sdp: ['waiting', 'forget'],
  },
  locked_elsewhere: {
    from_sdp: ['locked_elsewhere', 'refuse'],
    from_source: ['locked_elsewhere', 'play'],
    from_other: ['locked_elsewhere', 'refuse'],
    from_other_after_silence: ['locked_elsewhere', 'refuse'],
    successor: ['elsewhere', 'adopt'],
    successor_at_sdp: ['at_sdp', 'adopt'],
    enough: ['locked_elsewhere', 'none'],
    new_sdp: ['waiting', 'forget'],
  },
};

const cells = Object.entries(expected).flatMap(([state, row]) =>
  Object.entries(row).map(([event, step]) => [state, event, ...step] as const),
);

test.each(cells)('%s x %s -> %s, %s', (state, event, to, action) => {
  expect(latchTable[state as LatchState][event as LatchEvent]).toEqual({ to, action });
});

test('before anything is heard, packets go to the address of the SDP', () => {
  expect(createSourceLatch(sdp).target).toEqual(sdp);
});

test('a source behind a NAT is followed from its first packet', () => {
  const latch = createSourceLatch(sdp);
  expect(latch.packet(nat.address, nat.port, 0, false)).toBe('adopt');
  expect(latch.target).toEqual(nat);
});

test('the address of the SDP wins over a source that was merely first', () => {
  const latch = createSourceLatch(sdp);
  latch.packet(stranger.address, stranger.port, 0, false);
  expect(latch.packet(sdp.address, sdp.port, 10, false)).toBe('adopt');
  expect(latch.packet(stranger.address, stranger.port, 20, false)).toBe('refuse');
  expect(latch.target).toEqual(sdp);
});

test('after five packets not even the address of the SDP changes the source', () => {
  const latch = createSourceLatch(sdp);
  for (let i = 0; i < 5; i += 1) latch.packet(nat.address, nat.port, i * 20, false);
  expect(latch.state).toBe('locked_elsewhere');
  expect(latch.packet(sdp.address, sdp.port, 100, false)).toBe('refuse');
  expect(latch.packet(stranger.address, stranger.port, 60_000, false)).toBe('refuse');
  expect(latch.target).toEqual(nat);
});

test('one stray packet does not make the call deaf', () => {
  const latch = createSourceLatch(sdp);
  latch.packet(stranger.address, stranger.port, 0, false);
  expect(latch.packet(nat.address, nat.port, 400, false)).toBe('refuse');
  expect(latch.packet(nat.address, nat.port, 520, false)).toBe('adopt');
  expect(latch.target).toEqual(nat);
});

test('new SDP opens the choice again', () => {
  const latch = createSourceLatch(sdp);
  for (let i = 0; i < 9; i += 1) latch.packet(nat.address, nat.port, i * 20, false);
  latch.expect(stranger);
  expect(latch.target).toEqual(stranger);
  expect(latch.packet(stranger.address, stranger.port, 200, false)).toBe('adopt');
});

test('the choice survives its process', () => {
  const latch = createSourceLatch(sdp);
  for (let i = 0; i < 3; i += 1) latch.packet(nat.address, nat.port, i * 20, false);
  const snapshot = latch.snapshot();
  const restored = createSourceLatch(stranger);
  restored.restore(structuredClone(snapshot));
  expect(restored.snapshot()).toEqual(snapshot);
  expect(restored.target).toEqual(nat);
  restored.packet(nat.address, nat.port, 1000, true);
  restored.packet(nat.address, nat.port, 1020, true);
  expect(restored.state).toBe('locked_elsewhere');
});

test.each([
  ['elsewhere', stranger, 'elsewhere'],
  ['back at the address of the SDP', sdp, 'at_sdp'],
] as const)('a locked source that fell silent is followed %s, where its own stream goes on', (_, place, state) => {
  const latch = createSourceLatch(sdp);
  for (let i = 0; i < 5; i += 1) latch.packet(nat.address, nat.port, i * 20, true);
  expect(latch.packet(place.address, place.port, 900, true)).toBe('refuse');
  expect(latch.packet(place.address, place.port, 1200, false)).toBe('refuse');
  expect(latch.packet(place.address, place.port, 1220, true)).toBe('adopt');
  expect(latch.state).toBe(state);
  expect(latch.target).toEqual(place);
});
