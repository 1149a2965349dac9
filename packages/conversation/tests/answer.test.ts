import { expect, test } from 'vitest';
import { Scene } from './fakes/scene.ts';

test('greets in the first frame after the answer', async () => {
  const scene = new Scene();
  await scene.start();
  await scene.pass(20);
  expect(scene.wire).toEqual(['Hello']);
  await scene.untilAgentIsQuiet();
  expect(scene.of('agent_spoke')).toMatchObject([
    { text: 'Hello there.', purpose: 'greeting', fromMs: 20, timing: null },
  ]);
});

test('says "Hello?" without a first message', async () => {
  const scene = await Scene.afterGreeting({ settings: { firstMessage: ' ' } });
  expect(scene.spoken).toEqual(['Hello?']);
});

test('answers the caller with the words of the model', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerSays('when are you open');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said when are you open.');
  expect(scene.model.calls.at(-1)?.request.turns).toEqual([
    { role: 'agent', text: 'Hello there.' },
    { role: 'caller', text: 'when are you open' },
  ]);
  expect(scene.of('transcript_final')).toMatchObject([{ text: 'when are you open', recogniser: 'coded' }]);
});
