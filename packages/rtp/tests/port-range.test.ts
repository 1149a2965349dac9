import { expect, test } from 'vitest';
import { slicePortRange } from '../src/index.ts';
import { rtpPortCount } from '../src/port-range.ts';

test('only even ports whose odd neighbour is inside count', () => {
  expect(rtpPortCount({ min: 20_000, max: 29_999 })).toBe(5000);
  expect(rtpPortCount({ min: 20_001, max: 20_005 })).toBe(2);
  expect(rtpPortCount({ min: 20_000, max: 20_000 })).toBe(0);
});

test.each([
  [20_000, 29_999, 1],
  [20_000, 29_999, 3],
  [20_001, 20_010, 4],
  [20_000, 20_003, 4],
])('%i to %i in %i parts: nothing twice, nothing left out', (min, max, count) => {
  const ports = new Set<number>();
  const sizes: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const part = slicePortRange(min, max, index, count);
    sizes.push(rtpPortCount(part));
    for (let port = part.min; port < part.max; port += 2) {
      expect(port % 2).toBe(0);
      expect(port).toBeGreaterThanOrEqual(min);
      expect(port + 1).toBeLessThanOrEqual(max);
      expect(ports.has(port)).toBe(false);
      ports.add(port);
    }
  }
  expect(ports.size).toBe(rtpPortCount({ min, max }));
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});
