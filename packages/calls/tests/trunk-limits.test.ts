import { expect, test } from 'vitest';
import { createTrunkGate } from '../src/trunk-limits.ts';

const unlimited = { maxCalls: null, callsPerSecond: null };

test('without limits every call enters', () => {
  const gate = createTrunkGate();
  for (let i = 0; i < 1000; i += 1) expect(gate.enter('t', unlimited, 0).refused).toBeUndefined();
});

test('a trunk has as many calls as it may have, and the next when one has left', () => {
  const gate = createTrunkGate();
  const limits = { maxCalls: 2, callsPerSecond: null };
  const enter = () => gate.enter('t', limits, 0).refused;
  expect([enter(), enter(), enter()]).toEqual([
    undefined,
    undefined,
    'The trunk already has as many calls as it may have (2).',
  ]);
  expect(gate.enter('other', limits, 0).refused).toBeUndefined();
  gate.leave('t');
  expect([enter(), enter()]).toEqual([undefined, 'The trunk already has as many calls as it may have (2).']);
});

test('new calls come at the allowed rate, a second of them at once', () => {
  const gate = createTrunkGate();
  const limits = { maxCalls: null, callsPerSecond: 5 };
  const entered = (nowMs: number, tries: number) =>
    Array.from({ length: tries }, () => gate.enter('t', limits, nowMs)).filter(({ refused }) => !refused).length;
  expect(entered(10_000, 20)).toBe(5);
  expect(entered(10_199, 5)).toBe(0);
  expect(entered(10_200, 5)).toBe(1);
  expect(entered(20_000, 20)).toBe(5);
  expect(gate.enter('t', limits, 20_000).refused).toBe('The trunk allows 5 new calls a second and has had more.');
});

test('a rate below one a second lets one through', () => {
  const gate = createTrunkGate();
  const limits = { maxCalls: null, callsPerSecond: 0.5 };
  expect(gate.enter('t', limits, 0).refused).toBeUndefined();
  expect(gate.enter('t', limits, 1999).refused).toBeDefined();
  expect(gate.enter('t', limits, 2000).refused).toBeUndefined();
});
