import { describe, expect, it } from 'vitest';
import { answerTo, descriptionFor, shortWaits, sippCalls, sippIsCalled } from './endpoint-under-test.ts';

/** 90 s, the least interval, become 2.25: refreshed after 1.1 and over after 1.5 of them. */
const clock = shortWaits(40);

describe('sipp calls, and the session is timed (RFC 4028)', () => {
  it.each([
    ['timer-caller-refreshes', 'remote'],
    ['timer-we-refresh-by-update', 'remote'],
    ['timer-we-refresh-by-invite', 'remote'],
    ['timer-expires', 'session_timer'],
    ['timer-too-short', 'remote'],
  ] as const)('%s', async (scenario, endedBy) => {
    await sippCalls(
      scenario,
      (call, ended) => {
        call.handle({ ended, offered: answerTo });
        call.answer(descriptionFor(call));
      },
      { clock, endedBy },
    );
  });
});

describe('sipp is called, and the session is timed (RFC 4028)', () => {
  it.each([
    ['callee-refreshes', 'remote'],
    ['callee-lets-us-refresh', 'remote'],
    ['callee-never-refreshes', 'session_timer'],
  ] as const)('%s', async (scenario, endedBy) => {
    await sippIsCalled(
      scenario,
      async ({ ended }) => {
        expect(await ended).toMatchObject({ by: endedBy });
      },
      { clock },
    );
  });

  it('callee-wants-longer', async () => {
    await sippIsCalled('callee-wants-longer', async ({ call, answered }) => {
      await answered;
      await call.hangup();
    });
  });
});
