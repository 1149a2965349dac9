import { describe, expect, it } from 'vitest';
import { type Ban, Guard } from '../../src/guard/guard.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const source = '198.51.100.7';

function setting(options: { listed?: string; watchesPrivate?: boolean; sources?: number } = {}) {
  const silenced: Ban[] = [];
  const abandoned: string[] = [];
  const guard = new Guard<{ callId: string }>({
    limits: options.sources === undefined ? {} : { sources: options.sources },
    watchesPrivate: options.watchesPrivate ?? false,
    isListed: (address) => address === options.listed,
    silenced: (ban) => silenced.push(ban),
    abandoned: ({ callId }) => abandoned.push(callId),
  });
  const fail = (times: number, fromMs: number, address = source) => {
    for (let i = 0; i < times; i++) guard.failed(address, { callId: `${i}` }, fromMs + i);
  };
  return { guard, silenced, abandoned, fail };
}

describe('the guard', () => {
  it('drops a source after ten wrong passwords within a minute, for ten minutes', () => {
    const { guard, silenced, fail } = setting();
    fail(9, 0);
    expect(guard.drops(source, 10)).toBe(false);
    fail(1, 10);
    expect(silenced).toMatchObject([{ source, strikes: 1, sinceMs: 10, untilMs: 10 + 10 * minuteMs }]);
    expect(silenced[0]?.reason).toContain('10 times within 60 s');
    expect(guard.drops(source, 11)).toBe(true);
    expect(guard.drops('198.51.100.8', 11)).toBe(false);
    expect(guard.bans(11)).toMatchObject([{ source, dropped: 1 }]);
    expect(guard.takeDropped()).toBe(1);
    expect(guard.drops(source, 10 + 10 * minuteMs)).toBe(false);
    expect(guard.bans(10 + 10 * minuteMs)).toEqual([]);
  });

  it('forgives failures that are more than a minute old', () => {
    const { silenced, fail } = setting();
    fail(9, 0);
    fail(1, minuteMs + 10);
    expect(silenced).toEqual([]);
  });

  it('counts challenges that nobody answers, and tells of them', () => {
    const { guard, silenced, abandoned } = setting();
    for (let i = 0; i < 10; i++) guard.challenged(source, { callId: `c${i}` }, i * 1000);
    expect(silenced).toEqual([]);
    guard.sweep(20_000);
    expect(silenced).toHaveLength(1);
    expect(silenced[0]?.reason).toContain('challenges unanswered');
    expect(abandoned.at(-1)).toBe('c9');
  });

  it('counts no challenge that is answered', () => {
    const { guard, silenced } = setting();
    for (let i = 0; i < 50; i++) {
      guard.challenged(source, { callId: 'c' }, i * 100);
      guard.answered(source);
    }
    guard.sweep(minuteMs);
    expect(silenced).toEqual([]);
  });

  it("lets a PBX's burst of calls be challenged at once", () => {
    const { guard, silenced } = setting();
    for (let i = 0; i < 40; i++) guard.challenged(source, { callId: 'c' }, i);
    for (let i = 0; i < 40; i++) guard.answered(source);
    guard.trust(source, 100);
    guard.sweep(minuteMs);
    expect(silenced).toEqual([]);
  });

  it('does not wait for the answers of a flood', () => {
    const { guard, silenced } = setting();
    for (let i = 0; i < 60; i++) guard.challenged(source, { callId: 'c' }, i);
    expect(silenced).toHaveLength(1);
  });

  it('doubles each silence up to a day, and forgives one for a quiet day', () => {
    const { guard, silenced, fail } = setting();
    let nowMs = 0;
    for (let i = 0; i < 10; i++) {
      fail(10, nowMs);
      nowMs = (silenced.at(-1)?.untilMs ?? 0) + 1;
      guard.drops(source, nowMs);
    }
    const lengths = silenced.map(({ sinceMs, untilMs }) => (untilMs - sinceMs) / minuteMs);
    expect(lengths).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
    nowMs += 8 * dayMs;
    fail(10, nowMs);
    expect(silenced.at(-1)?.strikes).toBe(3);
    guard.sweep(nowMs + 20 * dayMs);
    fail(10, nowMs + 20 * dayMs);
    expect(silenced.at(-1)?.strikes).toBe(1);
  });

  it('silences a scanner at once', () => {
    const { guard, silenced } = setting();
    expect(guard.scanned(source, 'the User-Agent "friendly-scanner"', { callId: 'c' }, 0)).toBe(true);
    expect(silenced[0]?.reason).toBe('It is a scanner: the User-Agent "friendly-scanner".');
    expect(guard.drops(source, 1)).toBe(true);
  });

  it.each<[string, string]>([
    ['loopback', '127.0.0.1'],
    ['loopback of IPv6', '::1'],
    ['a private address', '192.168.1.20'],
    ['a unique local address', 'fd00::1'],
    ["an address on a trunk's list", '203.0.113.5'],
  ])('exempts %s', (_, address) => {
    const { guard, silenced, fail } = setting({ listed: '203.0.113.5' });
    fail(20, 0, address);
    expect(guard.scanned(address, 'x', { callId: 'c' }, 0)).toBe(false);
    expect(silenced).toEqual([]);
  });

  it('watches private addresses when told to', () => {
    const { silenced, fail } = setting({ watchesPrivate: true });
    fail(10, 0, '192.168.1.20');
    expect(silenced).toHaveLength(1);
  });

  it('exempts a source that has proved who it is, for a day', () => {
    const { guard, silenced, fail } = setting();
    guard.trust(source, 0);
    fail(20, dayMs - 100);
    expect(silenced).toEqual([]);
    fail(10, dayMs);
    expect(silenced).toHaveLength(1);
  });

  it('takes the /64 of an IPv6 address for one source', () => {
    const { guard, silenced } = setting();
    for (let i = 1; i <= 10; i++) guard.failed(`2001:db8:0:7::${i.toString(16)}`, { callId: 'c' }, i);
    expect(silenced[0]?.source).toBe('2001:db8:0:7::/64');
    expect(guard.drops('2001:db8:0:7:ffff::1', 20)).toBe(true);
    expect(guard.drops('2001:db8:0:8::1', 20)).toBe(false);
  });

  it('hears a source again when it is told to, from its first failure on', () => {
    const { guard, silenced, fail } = setting();
    fail(10, 0);
    expect(guard.lift(source)).toBe(true);
    expect(guard.lift(source)).toBe(false);
    expect(guard.drops(source, 20)).toBe(false);
    fail(10, 100);
    expect(silenced.at(-1)?.strikes).toBe(1);
  });

  it('keeps a bounded number of sources under a flood, and the silence of those that earned it', () => {
    const { guard, fail } = setting({ sources: 100 });
    fail(10, 0);
    for (let i = 0; i < 50_000; i++) {
      guard.challenged(`100.${i & 63}.${(i >> 6) & 255}.${i >> 14}`, { callId: 'c' }, 100);
    }
    expect(guard.drops(source, 200)).toBe(true);
    guard.sweep(200);
    expect(guard.bans(200)).toHaveLength(1);
  });
});
