import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Asked, inParallel, interview } from './interview.ts';
import { openPhone, type Phone } from './phone.ts';
import { type Product, startProduct } from './product.ts';
import { type Question, questionSet, type Verdict } from './verdict.ts';
import { type CallerVoice, openCallerVoice } from './voice.ts';

/** An American man, a Scot, and the diphone voice that is furthest from natural speech; the agent speaks with slt. */
const voices = ['rms', 'awb', 'kal16'] as const;

/** A caller has a few questions, not forty. */
const QUESTIONS_PER_CALL = 5;
/** A call takes less than a tenth of a core, so that two cores recognise these in real time. */
const PARALLEL_CALLS = 6;
const LEAST_RIGHT = 0.7;
const MOST_WRONG = 0.1;
/** 150 questions of about twelve seconds, six at a time, and four times as much for a slow machine. */
const TEST_WITHIN_MS = 20 * 60_000;

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

it(
  'callers in three voices get right answers to questions nobody prepared, and no wrong ones',
  async () => {
    const jobs = voices.flatMap((voice) =>
      [questionSet.questions, questionSet.offTopic]
        .flatMap(callsOf)
        .map((questions) => () => interview({ product, phone, caller, voice }, questions)),
    );
    const asked = (await inParallel(PARALLEL_CALLS, jobs)).flat();
    report(asked);

    const onTopic = asked.filter(({ question }) => question.article !== undefined);
    const offTopic = asked.filter(({ question }) => question.article === undefined);
    expect(onTopic).toHaveLength(voices.length * questionSet.questions.length);
    expect(offTopic).toHaveLength(voices.length * questionSet.offTopic.length);
    expect(share(onTopic, 'right')).toBeGreaterThanOrEqual(LEAST_RIGHT);
    expect(share(onTopic, 'wrong')).toBeLessThanOrEqual(MOST_WRONG);
    // No article answers the off-topic ones: to ask again, not to know and to offer a person are all there is to be right.
    expect(share(asked, 'wrong')).toBeLessThanOrEqual(MOST_WRONG);
  },
  TEST_WITHIN_MS,
);

/** Spreads the questions, so that the four of one article are asked in different calls. */
function callsOf(questions: readonly Question[]): Question[][] {
  const calls = Math.ceil(questions.length / QUESTIONS_PER_CALL);
  return Array.from({ length: calls }, (_, call) => questions.filter((_, at) => at % calls === call));
}

function share(asked: readonly Asked[], verdict: Verdict): number {
  return asked.filter((one) => one.verdict === verdict).length / asked.length;
}

/** Prints the table and every question that was not answered right, and writes all of them to a file. */
function report(asked: readonly Asked[]): void {
  const lines = ['voice   questions  right  wrong  asked again'];
  for (const offTopic of [false, true]) {
    const set = asked.filter(({ question }) => (question.article === undefined) === offTopic);
    for (const voice of [...voices, 'all']) {
      const spoken = set.filter((one) => voice === 'all' || one.voice === voice);
      const percent = (verdict: Verdict) => `${(100 * share(spoken, verdict)).toFixed(1)}%`.padStart(6);
      const set_ = offTopic ? 'off topic' : 'on topic';
      lines.push(
        `${voice.padEnd(6)} ${set_.padStart(10)} ${percent('right')} ${percent('wrong')} ${percent('asked_again')}`,
      );
    }
  }
  for (const one of asked.filter(({ question, verdict }) => verdict !== (question.article ? 'right' : 'asked_again'))) {
    lines.push(`${one.verdict} (${one.voice}): ${one.question.ask} | ${one.understood} | ${one.reply}`);
  }
  const file = join(mkdtempSync(join(tmpdir(), 'dialplane-paraphrases-')), 'asked.json');
  writeFileSync(file, JSON.stringify(asked, null, 2));
  console.log([...lines, `Every question and reply: ${file}`].join('\n'));
}
