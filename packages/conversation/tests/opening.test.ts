import { expect, test } from 'vitest';
import { fixedSentences } from '../src/index.ts';
import { Scene } from './fakes/scene.ts';

test.each([
  ['', 'Hello there.', ['Hello there.']],
  ['', '', ['Hello?']],
  ['This call is recorded.', 'Hello there.', ['This call is recorded.', 'Hello there.']],
  ['  This call is recorded ', '', ['This call is recorded.', 'Hello?']],
])('with the disclosure %j and the first message %j, callers hear %j', async (disclosure, firstMessage, sentences) => {
  const scene = await Scene.afterGreeting({ settings: { disclosure, firstMessage } });
  expect(scene.spoken).toEqual([sentences.join(' ')]);
  expect(scene.of('agent_spoke')[0]?.purpose).toBe('greeting');
  expect(fixedSentences(scene.options.settings, true).slice(0, sentences.length)).toEqual(sentences);
});
