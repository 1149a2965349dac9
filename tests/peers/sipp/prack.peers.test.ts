import type { IncomingCall } from '@dialplane/sip';
import { describe, it } from 'vitest';
import { answerTo, type CalledOptions, descriptionFor, sippCalls } from './endpoint-under-test.ts';

/** Longer than a PRACK takes. */
const RING_MS = 300;

/** Early media, then the answer. */
function answerEarly(call: IncomingCall): void {
  call.reliability = 'require';
  call.earlyMedia(descriptionFor(call));
  call.answer(descriptionFor(call));
}

describe('sipp calls, and reliable provisional responses (RFC 3262)', () => {
  it.each<[string, CalledOptions]>([
    ['prack', {}],
    ['prack-brings-offer', {}],
    ['prack-brings-answer', {}],
    ['prack-late', { repeated: '183' }],
  ])('%s', async (scenario, options) => {
    await sippCalls(
      scenario,
      (call, ended) => {
        call.handle({ ended, offered: answerTo });
        answerEarly(call);
      },
      options,
    );
  });

  it('prack-overtaken', async () => {
    await sippCalls('prack-overtaken', (call, ended) => {
      call.handle({ ended });
      call.ring();
      call.answer(descriptionFor(call));
    });
  });

  it('update-early', async () => {
    await sippCalls('update-early', (call, ended) => {
      call.handle({ ended, offered: answerTo });
      call.reliability = 'require';
      call.earlyMedia(descriptionFor(call));
      setTimeout(() => call.answer(descriptionFor(call)), RING_MS);
    });
  });

  it('prack-required', async () => {
    await sippCalls('prack-required', (call, ended) => {
      call.handle({ ended });
      call.ring();
      setTimeout(() => call.answer(descriptionFor(call)), RING_MS);
    });
  });
});
