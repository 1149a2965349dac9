import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe("questions in everyday words, none of them the articles' own", () => {
  test('are answered right, and hardly ever wrong', async () => {
    const shares = sharesOf(await evaluate(agent, 'everyday', 0, 1));
    expect(shares.right).toBeGreaterThanOrEqual(0.9);
    expect(shares.wrong).toBeLessThanOrEqual(0.06);
    expect(shares.offTopicAnswered).toBeLessThanOrEqual(0.07);
  });

  test('are mostly answered with 15 % of the words misheard', async () => {
    const shares = sharesOf(await evaluate(agent, 'everyday', 0.15, 4));
    expect(shares.right).toBeGreaterThanOrEqual(0.75);
    expect(shares.wrong).toBeLessThanOrEqual(0.08);
    expect(shares.offTopicAnswered).toBeLessThanOrEqual(0.07);
  });
});
