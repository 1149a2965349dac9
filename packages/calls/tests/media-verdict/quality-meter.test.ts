import { expect, it } from 'vitest';
import { QualityMeter } from '../../src/media-verdict/quality-meter.ts';

const none = () => undefined;

it('says every five seconds what they were like', () => {
  const meter = new QualityMeter(1000);
  const counters = { sent: 250, received: 245, lost: 5, jitterMs: 3.14 };
  expect(meter.check(5999, counters, none)).toBeUndefined();
  expect(meter.check(6000, counters, none)).toEqual({
    sent: 250,
    received: 245,
    lost: 5,
    lossPercent: 2,
    jitterMs: 3.1,
    theirLossPercent: null,
    theirJitterMs: null,
    roundTripMs: null,
  });
  // A packet that was only late takes its loss back.
  const next = meter.check(11_000, { sent: 500, received: 496, lost: 4, jitterMs: 2 }, none);
  expect(next).toMatchObject({ sent: 250, received: 251, lost: 0, lossPercent: 0, jitterMs: 2 });
});

it('brings what the other side reports', () => {
  const meter = new QualityMeter(0);
  const counters = { sent: 250, received: 0, lost: 0, jitterMs: 0 };
  const farEnd = () => ({ fractionLost: 0.125, cumulativeLost: 9, jitterMs: 4.26, roundTripMs: 81.04 });
  expect(meter.check(5000, counters, farEnd)).toMatchObject({
    lossPercent: 0,
    theirLossPercent: 12.5,
    theirJitterMs: 4.3,
    roundTripMs: 81,
  });
});

it('catches nothing up after a stall', () => {
  const meter = new QualityMeter(0);
  const counters = { sent: 0, received: 0, lost: 0, jitterMs: 0 };
  expect(meter.check(17_000, counters, none)).toBeDefined();
  expect(meter.check(17_020, counters, none)).toBeUndefined();
});
