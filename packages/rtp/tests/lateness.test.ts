import { expect, test } from 'vitest';
import { createLateness } from '../src/lateness.ts';

test('nothing counted', () => {
  expect(createLateness().withinMs(0.99)).toBe(0);
  expect(createLateness().maxMs).toBe(0);
});

test('shares are rounded up to whole milliseconds', () => {
  const lateness = createLateness();
  for (let i = 0; i < 98; i += 1) lateness.count(0.3);
  lateness.count(7.2);
  lateness.count(40.9);
  expect(lateness.withinMs(0.5)).toBe(1);
  expect(lateness.withinMs(0.98)).toBe(1);
  expect(lateness.withinMs(0.99)).toBe(8);
  expect(lateness.withinMs(1)).toBe(41);
  expect(lateness.maxMs).toBe(40.9);
});

test('early is not late, and a stall keeps its maximum', () => {
  const lateness = createLateness();
  lateness.count(-0.4);
  lateness.count(5000);
  expect(lateness.withinMs(0.5)).toBe(1);
  expect(lateness.withinMs(1)).toBe(100);
  expect(lateness.maxMs).toBe(5000);
});
