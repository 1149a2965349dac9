import { afterAll, beforeAll, expect, test } from 'vitest';
import { evaluate, sharesOf } from './evaluation.ts';
import { type DemoAgent, openDemoAgent } from './model-under-test.ts';

let agent: DemoAgent;
beforeAll(async () => {
  agent = await openDemoAgent();
});
afterAll(() => agent.testStore.dispose());

test('paraphrased questions are answered right, and hardly ever wrong', async () => {
  const shares = sharesOf(await evaluate(agent, 'development', 0, 1));
  expect(shares.right).toBeGreaterThanOrEqual(0.9);
  expect(shares.wrong).toBeLessThanOrEqual(0.03);
  expect(shares.offTopicAnswered).toBeLessThanOrEqual(0.05);
});

test('with 15 % of the words misheard and others doubtful most questions are still answered, and few wrong', async () => {
  const shares = sharesOf(await evaluate(agent, 'development', 0.15, 2));
  expect(shares.right).toBeGreaterThanOrEqual(0.75);
  expect(shares.wrong).toBeLessThanOrEqual(0.05);
  expect(shares.offTopicAnswered).toBeLessThanOrEqual(0.08);
});
