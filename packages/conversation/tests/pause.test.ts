import { expect, test } from 'vitest';
import { Scene } from './fakes/scene.ts';

test('a caller on hold is neither asked for nor hung up on', async () => {
  const scene = await Scene.afterGreeting();
  scene.conversation.pause();
  await scene.pass(60_000);
  expect(scene.of('silence_prompted')).toEqual([]);
  scene.conversation.resume();
  await scene.until(() => scene.of('silence_prompted').length === 1);
  expect(scene.end).toBeUndefined();
});

test('music on hold is not heard', async () => {
  const scene = await Scene.afterGreeting();
  scene.conversation.pause();
  scene.callerSays('what are your opening hours');
  await scene.pass(5000);
  expect(scene.of('transcript_final')).toEqual([]);
});

test('nothing is said on hold, and the sentence goes on afterwards', async () => {
  const scene = await Scene.afterGreeting();
  scene.conversation.say('Please stay on the line for a moment longer.');
  await scene.until(() => scene.wire.at(-1) !== '');
  scene.conversation.pause();
  const before = scene.wire.length;
  await scene.pass(3000);
  expect(scene.wire.slice(before).every((frame) => frame === '')).toBe(true);
  scene.conversation.resume();
  await scene.untilAgentIsQuiet();
  expect(scene.spoken).toContain('Please stay on the line for a moment longer.');
});

test('the longest call ends on hold too', async () => {
  const scene = await Scene.afterGreeting({ settings: { maxCallMs: 120_000 } });
  scene.conversation.pause();
  await scene.until(() => scene.end !== undefined, 130_000);
  expect(scene.end).toBe('max_duration');
});
