import { describe, expect, it } from 'vitest';
import { CALLS, descriptionFor, shortWaits, sippCalls, sippIsCalled } from './endpoint-under-test.ts';
import { links } from './run-sipp.ts';

/** News of a transfer may come for 64*T1 after the call's end; two seconds do here. */
const NEWS_MS = 32_000;
const NEWS_FACTOR = 16;

const OTHER = 'sip:other@example.com';

describe('sipp calls and wants to be transferred (RFC 3515)', () => {
  it.each(['refer', 'refer-without-news'])('%s', async (scenario) => {
    const targets: string[] = [];
    await sippCalls(scenario, (call, ended) => {
      call.handle({
        ended,
        referred: (referral) => {
          targets.push(referral.target);
          referral.accept();
          referral.progress(180);
          referral.progress(200);
        },
      });
      call.answer(descriptionFor(call));
    });
    expect(targets).toEqual(Array(links.length * CALLS).fill(OTHER));
  });

  it('refer-refused', async () => {
    await sippCalls('refer-refused', (call, ended) => {
      call.handle({ ended });
      call.answer(descriptionFor(call));
    });
  });
});

describe('sipp is called and asked to call somebody else (RFC 3515)', () => {
  it.each([
    ['callee-transferred', {}, { kind: 'finished', status: 200 }, [100, 180]],
    ['callee-transferred-untold', { withoutNews: true }, { kind: 'untold', accepted: true }, []],
    ['callee-refuses-transfer', {}, { kind: 'refused', status: 603 }, []],
  ])('%s', async (scenario, options, expected, news) => {
    await sippIsCalled(scenario, async ({ call, answered }) => {
      await answered;
      const heard: number[] = [];
      expect(await call.refer(OTHER, { ...options, progress: (status) => void heard.push(status) })).toMatchObject(
        expected,
      );
      expect(heard).toEqual(news);
      await call.hangup();
    });
  });
});

it('callee-leaves-untold', async () => {
  await sippIsCalled(
    'callee-leaves-untold',
    async ({ call, answered, ended }) => {
      await answered;
      expect(await call.refer(OTHER)).toEqual({ kind: 'untold', accepted: true });
      expect(await ended).toMatchObject({ by: 'remote' });
    },
    { clock: shortWaits(NEWS_FACTOR, NEWS_MS) },
  );
});

describe('keys in INFO (RFC 6086)', () => {
  it('info-digits', async () => {
    const pressed: string[] = [];
    await sippCalls('info-digits', (call, ended) => {
      call.handle({ ended, digit: (digit) => void pressed.push(digit) });
      call.answer(descriptionFor(call));
    });
    expect(pressed.toSorted().join('')).toBe('#'.repeat(links.length * CALLS) + '5'.repeat(links.length * CALLS));
  });

  it('callee-hears-digits', async () => {
    await sippIsCalled('callee-hears-digits', async ({ call, answered }) => {
      await answered;
      expect(await Promise.all([call.sendDigit('5'), call.sendDigit('#')])).toEqual([true, true]);
      await call.hangup();
    });
  });
});
