import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCallerNumber } from './caller-number.ts';
import { historyOf, transcript } from './history.ts';
import { inParallel } from './interview.ts';
import { noiseClips } from './noise-clips.ts';
import { openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';
import { type CallerVoice, openCallerVoice } from './voice.ts';

const GREETED_WITHIN_MS = 12_000;
/** An answer would begin within a second; this leaves time to hear enough of it that it is written down. */
const ANSWER_WITHIN_MS = 4000;
/** What was said last is written a little behind the call. */
const WRITTEN_AFTER_MS = 500;
/** A call takes less than a tenth of a core, so that two cores recognise these in real time. */
const PARALLEL_CALLS = 6;

let product: Product;
let phone: Phone;
let caller: CallerVoice;

beforeAll(async () => {
  [product, phone, caller] = await Promise.all([startProduct(), openPhone(), openCallerVoice()]);
});

afterAll(async () => {
  await phone.close();
  await caller.close();
  expect(await product.stop()).toBe(0);
});

it('noise, music and voices in the background get no answer and are not asked to say it again', async () => {
  const clips = await noiseClips(caller);
  expect(clips).toHaveLength(12);
  const jobs = clips.map(({ name, samples }) => async () => {
    const from = newCallerNumber();
    const call = await phone.dial({ demo: product.demo, from });
    await call.silenceAfterSpeech(call.answeredAtMs, GREETED_WITHIN_MS);
    await call.play(samples);
    await sleep(ANSWER_WITHIN_MS);
    await call.hangup();
    await sleep(WRITTEN_AFTER_MS);
    const items = await historyOf(product, from);
    const replies = items.filter(
      ({ event: { sender, context } }) =>
        sender.type !== 'ai' || !['greeting', 'silence_prompt'].includes(String(context.purpose)),
    );
    return { name, replies: transcript(replies) };
  });
  const answered = (await inParallel(PARALLEL_CALLS, jobs)).filter(({ replies }) => replies.length > 0);
  expect(answered).toEqual([]);
}, 300_000);
