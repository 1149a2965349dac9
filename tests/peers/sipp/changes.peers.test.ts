import type { IncomingCall } from '@dialplane/sip';
import { describe, expect, it } from 'vitest';
import { answerTo, descriptionFor, offerOf, sippCalls, sippIsCalled } from './endpoint-under-test.ts';

describe('sipp calls and changes the session', () => {
  it.each(['plain-call', 'late-offer', 'hold', 'update', 'codec-change', 'invite-overlapping'])(
    '%s',
    async (scenario) => {
      await sippCalls(scenario, (call, ended) => {
        call.handle({ ended, offered: answerTo, offerWanted: () => offerOf() });
        call.answer(descriptionFor(call));
      });
    },
  );
});

describe('sipp calls, and the called side changes the session', () => {
  const outcomes: string[] = [];
  const change = async (call: IncomingCall, ...directions: (undefined | 'sendonly')[]) => {
    for (const direction of directions) {
      const { kind } = await call.change(offerOf(direction === undefined ? {} : { direction }));
      outcomes.push(kind);
    }
  };

  it('we-hold', async () => {
    await sippCalls(
      'we-hold',
      (call, ended) => {
        call.handle({
          ended,
          acknowledged: () => void change(call, 'sendonly', undefined).then(() => call.hangup()),
        });
        call.answer(descriptionFor(call));
      },
      { endedBy: 'local' },
    );
  });

  it.each(['glare-refused-by-us', 'glare-refused-by-caller'])('%s', async (scenario) => {
    outcomes.length = 0;
    await sippCalls(scenario, (call, ended) => {
      call.handle({ ended, offered: answerTo, acknowledged: () => void change(call, undefined) });
      call.answer(descriptionFor(call));
    });
    expect(new Set(outcomes)).toEqual(new Set(['agreed']));
  });
});

describe('sipp is called, and the caller changes the session', () => {
  it.each([
    ['callee-plain', []],
    ['callee-is-held', ['sendonly', undefined]],
    ['callee-glares', [undefined]],
    ['callee-meets-491', [undefined]],
  ] as const)('%s', async (scenario, directions) => {
    await sippIsCalled(scenario, async ({ call, answered, ended }) => {
      await answered;
      for (const direction of directions) {
        const outcome = await call.change(offerOf(direction === undefined ? {} : { direction }));
        expect(outcome).toMatchObject({ kind: 'agreed' });
      }
      await call.hangup();
      expect(await ended).toMatchObject({ by: 'local', status: 200 });
    });
  });

  it('callee-prack', async () => {
    await sippIsCalled('callee-prack', async ({ call, answered }) => {
      await answered;
      await call.hangup();
    });
  });
});
