/**
 * How well the embedded answerer answers the demo agent's questions, as written and as misheard, and how fast.
 *
 *   node packages/server/tools/evaluate-answerer.ts [--set development,heldOut,everyday,everydayHeldOut] [--seeds 10] [--speed] [--show wrong,asked_again,...]
 */
import { parseArgs } from 'node:util';
import { saveArticle } from '../src/knowledge/articles.ts';
import { evaluate, setNames, sharesOf } from '../tests/answerer/evaluation.ts';
import { openDemoAgent } from '../tests/answerer/model-under-test.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'development' },
    show: { type: 'string', default: '' },
    seeds: { type: 'string', default: '10' },
    speed: { type: 'boolean', default: false },
  },
});
const sets = setNames.filter((name) => values.set.split(',').includes(name));
const shown = values.show.split(',');
const misheardTimes = Number(values.seeds);
/** Shares of misheard words. */
const conditions = [0, 0.15, 0.22, 0.3];

const agent = await openDemoAgent();
for (const set of sets)
  for (const wrongWords of conditions) {
    const seeds = wrongWords === 0 ? 1 : misheardTimes;
    const outcomes = await evaluate(agent, set, wrongWords, seeds);
    const { right, wrong, askedAgain, offTopicAnswered } = sharesOf(outcomes);
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    console.log(
      `${set}, ${percent(wrongWords)} of words misheard: right ${percent(right)}, wrong ${percent(wrong)}, asked again ${percent(askedAgain)}, off-topic answered ${percent(offTopicAnswered)}`,
    );
    for (const { verdict, asked, heard, spoken } of outcomes.slice(0, outcomes.length / seeds))
      if (shown.includes(verdict))
        console.log(
          `  ${verdict}: ${asked} | heard: ${heard} | ${spoken.rule} ${spoken.passages[0]?.score}: ${spoken.text}`,
        );
  }

/** Milliseconds from the request to its last event. */
async function latency(label: string): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++)
    for (const ask of ['How much does delivery cost?', 'what thyme do you clothes on sat today', 'Who won the game?']) {
      const startMs = performance.now();
      await agent.ask(ask);
      times.push(performance.now() - startMs);
    }
  for (let n = 0; n < 200; n++) {
    const startMs = performance.now();
    await agent.ask(n % 2 === 0 ? 'Can I bring a broken cake back?' : 'do you have glue ten free bed on thirst days');
    times.push(performance.now() - startMs);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`${label}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(0.999)} ms`);
}

if (values.speed) {
  await latency('answer with 10 articles');
  for (let n = 0; n < 490; n++)
    await saveArticle(agent.testStore.store.db, agent.orgId, {
      title: `Product ${n}`,
      content: `Product number ${n} is made in workshop ${n % 17}. It costs ${n} dollars and weighs ${n % 40} pounds. We deliver it within ${(n % 9) + 2} days. You can return it with the receipt. Its colour is shade ${n % 23}.`,
    });
  await agent.ask('hello');
  await latency('answer with 500 articles');
}
await agent.testStore.dispose();
