import { setTimeout as sleep } from 'node:timers/promises';
import { sharedNowMs } from '@dialplane/rtp';
import { newCallerNumber } from './caller-number.ts';
import { historyWhen, transcript } from './history.ts';
import type { Phone, PhoneCall } from './phone.ts';
import type { Product } from './product.ts';
import { judge, type Question, replyBetween, type Verdict } from './verdict.ts';
import type { CallerVoice } from './voice.ts';

/** A question that was asked in a call, and what came back. */
export interface Asked {
  readonly question: Question;
  readonly voice: string;
  readonly verdict: Verdict;
  /** What the agent understood of it. */
  readonly understood: string;
  readonly reply: string;
}

/** The agent's longest answer and a slow machine; a silence prompt comes after 8 s. */
const REPLY_WITHIN_MS = 25_000;
const GREETED_WITHIN_MS = 12_000;
/** A caller draws breath before the next question. */
const BREATH_MS = 300;
/** Our clock starts when the INVITE leaves, the call's when its second one, with credentials, arrives. */
const CLOCK_SLACK_MS = 150;

export interface Interview {
  readonly product: Product;
  readonly phone: Phone;
  readonly caller: CallerVoice;
  readonly voice: string;
}

/**
 * Asks the questions one after the other in one call, each when the agent has finished with the one before. An agent that hangs
 * up has answered its last question wrong; the rest are asked in another call.
 */
export async function interview(with_: Interview, questions: readonly Question[]): Promise<Asked[]> {
  const { product, phone, caller, voice } = with_;
  const sounds = await Promise.all(questions.map(({ ask }) => caller.speak(ask, voice)));
  const from = newCallerNumber();
  const call = await phone.dial({ demo: product.demo, from });
  await call.silenceAfterSpeech(call.answeredAtMs, GREETED_WITHIN_MS);

  const startsMs: number[] = [];
  for (const sound of sounds) {
    await sleep(BREATH_MS);
    if (call.endedAtMs() !== null) break;
    startsMs.push(sharedNowMs());
    await ask(call, sound);
  }
  const overMs = sharedNowMs();
  await call.hangup();

  // Nothing is written after the call but what was said last.
  const lastMs = (startsMs.at(-1) ?? overMs) - call.dialledAtMs - CLOCK_SLACK_MS;
  const items = await historyWhen(
    product,
    from,
    (all) => replyBetween(all, lastMs, Number.POSITIVE_INFINITY).length > 0,
  );
  const asked = startsMs.map((startMs, at): Asked => {
    const fromMs = startMs - call.dialledAtMs - CLOCK_SLACK_MS;
    const toMs = (startsMs[at + 1] ?? Number.POSITIVE_INFINITY) - call.dialledAtMs - CLOCK_SLACK_MS;
    const question = questions[at] ?? { ask: '' };
    const reply = replyBetween(items, fromMs, toMs);
    const heard = items.filter(({ event: { sender, context } }) => {
      const saidMs = Number(context.from_ms ?? context.at_ms);
      return sender.type === 'contact' && saidMs >= fromMs && saidMs < toMs;
    });
    return {
      question,
      voice,
      verdict: judge(question, reply),
      understood: transcript(heard).join(' / ').replaceAll('contact: ', ''),
      reply: reply.join(' '),
    };
  });
  const left = questions.slice(asked.length);
  return left.length === 0 || asked.length === 0 ? asked : [...asked, ...(await interview(with_, left))];
}

/** Speaks, then waits until the agent has replied to the end, or has said nothing for as long as it may take. */
async function ask(call: PhoneCall, sound: Int16Array): Promise<void> {
  const { toMs } = await call.play(sound);
  const reply = call.silenceAfterSpeech(toMs, REPLY_WITHIN_MS).catch(() => null);
  await Promise.race([reply, call.ended]);
}

/** Runs the jobs, at most `parallel` at a time; the results are in the order of the jobs. */
export async function inParallel<Result>(
  parallel: number,
  jobs: readonly (() => Promise<Result>)[],
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...jobs.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}
