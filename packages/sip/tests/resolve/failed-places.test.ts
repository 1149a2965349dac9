import { describe, expect, it } from 'vitest';
import { FailedPlaces } from '../../src/resolve/failed-places.ts';
import { FakeClock } from '../support/fake-clock.ts';

const place = (port: number) => ({ transport: 'udp', address: '192.0.2.1', port }) as const;

describe('places that failed (RFC 3263 4.3)', () => {
  it.each([
    ['for half a minute', undefined, 30_000],
    ['for as long as Retry-After says, when that is longer', 120_000, 120_000],
    ['for half a minute, when it is shorter', 1_000, 30_000],
    ['for an hour at most', 86_400_000, 3_600_000],
  ])('are tried last %s', (_, wishedMs, avoidedMs) => {
    const clock = new FakeClock();
    const places = new FailedPlaces(clock);
    places.noteFailure(place(1), wishedMs);
    clock.advance(avoidedMs - 1);
    expect(places.order([place(1), place(2)])).toEqual([place(2), place(1)]);
    clock.advance(1);
    expect(places.order([place(1), place(2)])).toEqual([place(1), place(2)]);
  });

  it('are a thousand at most: the oldest is forgotten', () => {
    const places = new FailedPlaces(new FakeClock());
    for (let port = 1; port <= 1_001; port++) places.noteFailure(place(port));
    expect(places.order([place(2), place(1)])).toEqual([place(1), place(2)]);
    for (let port = 1; port <= 1_001; port++) places.noteWithoutTcp(place(port));
    expect([places.isWithoutTcp(place(1)), places.isWithoutTcp(place(2))]).toEqual([false, true]);
  });
});
