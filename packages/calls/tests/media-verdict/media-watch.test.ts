import { describe, expect, it, test } from 'vitest';
import { MediaWatch } from '../../src/media-verdict/media-watch.ts';
import { mediaWatchTable } from '../../src/media-verdict/media-watch-table.ts';

/** A call's media as a clock goes by, in ticks of 20 ms. */
function watched() {
  const signs = { received: 0, lastArrivalMs: 0, lastControlMs: 0, inComfortNoise: false };
  const told: string[] = [];
  let nowMs = 1_000_000;
  const actions = {
    tell: (finding: string) => void told.push(`${finding} after ${(nowMs - 1_000_000) / 1000} s`),
    ask: () => void told.push('asked'),
  };
  const watch = new MediaWatch(signs, actions, nowMs);
  const pass = (seconds: number, { packets = false, rtcp = false, held = false } = {}) => {
    for (let i = 0; i < seconds * 50; i++) {
      nowMs += 20;
      if (packets) {
        signs.received += 1;
        signs.lastArrivalMs = nowMs;
      }
      if (rtcp && i % 250 === 0) signs.lastControlMs = nowMs;
      watch.check(nowMs, held);
    }
  };
  return { signs, told, pass, answer: () => watch.answered(nowMs) };
}

describe('media that never come', () => {
  it('are told after five seconds, once, while the call goes on', () => {
    const { told, pass } = watched();
    pass(4.9);
    expect(told).toEqual([]);
    pass(10);
    expect(told).toEqual(['never after 5 s']);
  });

  it('are told of again when they come after all', () => {
    const { told, pass } = watched();
    pass(8);
    pass(1, { packets: true });
    expect(told).toEqual(['never after 5 s', 'flowing after 8.02 s']);
  });

  it('are asked about in the signalling, again and again', () => {
    const { told, pass, answer } = watched();
    pass(21);
    expect(told).toEqual(['never after 5 s', 'asked']);
    answer();
    pass(21);
    expect(told.slice(2)).toEqual(['asked']);
  });

  it('are no alarm while RTCP shows that the way is open', () => {
    const { told, pass } = watched();
    pass(60, { rtcp: true });
    expect(told).toEqual([]);
  });

  it('are no alarm on hold, which gives them their whole time afterwards', () => {
    const { told, pass } = watched();
    pass(60, { held: true });
    pass(4.9);
    expect(told).toEqual([]);
    pass(0.2);
    expect(told).toEqual(['never after 65 s']);
  });
});

describe('media that stop', () => {
  it('lead to one question after 20 s', () => {
    const { told, pass } = watched();
    pass(10, { packets: true });
    pass(19.9);
    expect(told).toEqual([]);
    pass(60);
    expect(told).toEqual(['stopped after 30 s', 'asked']);
  });

  it('are waited for while the other side answers, and asked about every 20 s', () => {
    const { told, pass, answer } = watched();
    pass(1, { packets: true });
    pass(20);
    answer();
    pass(19.9);
    expect(told).toEqual(['stopped after 21 s', 'asked']);
    pass(0.2);
    answer();
    pass(1, { packets: true });
    expect(told.slice(2)).toEqual(['asked', 'flowing after 41.12 s']);
  });

  it('that come again while the question is open make the answer unimportant', () => {
    const { told, pass, answer } = watched();
    pass(1, { packets: true });
    pass(20);
    pass(1, { packets: true });
    answer();
    expect(told).toEqual(['stopped after 21 s', 'asked', 'flowing after 21.02 s']);
  });

  it.each([
    ['hold', { held: true }, false],
    ['RTCP', { rtcp: true }, false],
    ['comfort noise', {}, true],
  ])('are legal with %s', (_, during, comfortNoise) => {
    const { signs, told, pass } = watched();
    pass(5, { packets: true });
    signs.inComfortNoise = comfortNoise;
    pass(120, during);
    expect(told).toEqual([]);
  });

  it('after a hold get their 20 s again', () => {
    const { told, pass } = watched();
    pass(5, { packets: true });
    pass(60, { held: true });
    pass(19.9);
    expect(told).toEqual([]);
    pass(0.2);
    expect(told).toEqual(['stopped after 85 s', 'asked']);
  });
});

describe('the table of the media watch', () => {
  const cells = Object.entries(mediaWatchTable).flatMap(([from, events]) =>
    Object.entries(events).map(([event, transition]) => ({ from, event, transition })),
  );

  test.each(cells)('$from, $event', ({ from, event, transition }) => {
    const effects = transition?.effects ?? [];
    // Asked exactly on the way into `asking`.
    expect(effects.includes('ask')).toBe(transition?.to === 'asking');
    // An answer that nobody waits for says nothing.
    if (event === 'answered') expect(transition !== null).toBe(from === 'asking');
    // Sound is good news wherever it was missed.
    if (event === 'arrived' && from !== 'flowing') expect(transition?.to).toBe('flowing');
    expect(effects.includes('tell_flowing')).toBe(event === 'arrived' && transition !== null && from !== 'waiting');
    expect(effects.includes('tell_stopped')).toBe(from === 'flowing' && event === 'silent');
    expect(effects.includes('tell_never')).toBe(from === 'waiting' && event === 'nothing_yet');
  });
});
