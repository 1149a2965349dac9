import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CALLS, type CalledOptions, descriptionFor, sippCalls, sippIsCalled } from './endpoint-under-test.ts';
import { links } from './run-sipp.ts';

/** The INVITE is out by then, and sipp has not answered it. */
const SENT_MS = 100;

/** Time for the second INVITE. */
const ANSWER_MS = 300;

/** Longer than sipp needs to give up, and far shorter than anybody rings. */
const RING_MS = 2_000;

describe('sipp gives up (RFC 3261 9.2)', () => {
  it.each([
    ['cancel-before-ringing', false],
    ['cancel-while-ringing', true],
  ])('%s', async (scenario, rings) => {
    let cancelled = 0;
    await sippCalls(
      scenario,
      (call, ended) => {
        const answering = setTimeout(() => call.answer(descriptionFor(call)), RING_MS);
        call.handle({
          ended,
          cancelled: () => {
            clearTimeout(answering);
            cancelled++;
          },
        });
        if (rings) call.ring();
      },
      { endedBy: null },
    );
    expect(cancelled).toBe(links.length * CALLS);
  });
});

describe('sipp and the called side cross', () => {
  it.each<[string, CalledOptions]>([
    ['cancel-crosses-answer', {}],
    ['bye-before-ack', {}],
    ['ack-lost', { repeated: '200' }],
  ])('%s', async (scenario, options) => {
    await sippCalls(
      scenario,
      (call, ended) => {
        call.handle({ ended });
        call.answer(descriptionFor(call));
      },
      options,
    );
  });
});

describe('sipp calls more often than it seems', () => {
  it.each(['invite-again', 'invite-merged'])('%s', async (scenario) => {
    let calls = 0;
    await sippCalls(scenario, (call, ended) => {
      calls++;
      call.handle({ ended });
      call.ring();
      setTimeout(() => call.answer(descriptionFor(call)), ANSWER_MS);
    });
    expect(calls).toBe(links.length * CALLS);
  });

  it('two at once with the same Call-IDs and other tags', async () => {
    const sippArguments = ['-cid_str', 'same-%u'];
    await sippCalls(
      'plain-call',
      (call, ended) => {
        call.handle({ ended });
        call.answer(descriptionFor(call));
      },
      { sippArguments },
    );
  });
});

describe('sipp is called and given up on (RFC 3261 9.1)', () => {
  it('callee-cancelled', async () => {
    await sippIsCalled('callee-cancelled', async ({ call, ringing, ended }) => {
      await ringing;
      await call.hangup();
      expect(await ended).toMatchObject({ by: 'local', status: 487 });
    });
  });

  it('callee-silent-first', async () => {
    await sippIsCalled('callee-silent-first', async ({ call, ended }) => {
      await sleep(SENT_MS);
      await call.hangup();
      expect(await ended).toMatchObject({ by: 'local', status: 487 });
    });
  });

  it('callee-answers-despite-cancel', async () => {
    await sippIsCalled('callee-answers-despite-cancel', async ({ call, ringing, ended }) => {
      await ringing;
      await call.hangup();
      expect(await ended).toMatchObject({ by: 'local', status: 200 });
    });
  });
});

it('callee-forks', async () => {
  await sippIsCalled('callee-forks', async ({ call, answered }) => {
    await answered;
    await sleep(ANSWER_MS);
    await call.hangup();
  });
});
