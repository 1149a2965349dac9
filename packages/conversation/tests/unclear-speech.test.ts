import { expect, test } from 'vitest';
import { phrases } from '../src/phrases.ts';
import { Scene } from './fakes/scene.ts';

const menu = [{ title: 'Opening hours', text: 'From nine to five.' }];

test('unclear speech is asked for again twice in a row, then ignored', async () => {
  const scene = await Scene.afterGreeting();
  for (let i = 0; i < 3; i++) {
    scene.callerSays('when? are? you?').callerPauses(5000);
    await scene.callerFinishes();
  }
  expect(scene.spoken.slice(1)).toEqual([phrases.askAgain[0], phrases.askAgain[1]]);
  expect(scene.of('agent_spoke').at(-1)?.purpose).toBe('ask_again');
  expect(scene.of('speech_rejected')).toHaveLength(3);
  expect(scene.of('speech_rejected')[0]).toMatchObject({ reason: 'low_confidence', text: 'when are you' });
  expect(scene.of('transcript_final')).toEqual([]);
});

test('the second time the keypad is offered where there is a menu', async () => {
  const scene = await Scene.afterGreeting({ settings: { menu } });
  for (let i = 0; i < 2; i++) {
    scene.callerSays('when? are? you?').callerPauses(5000);
    await scene.callerFinishes();
  }
  expect(scene.spoken.at(-1)).toBe(phrases.askAgainWithMenu);
  scene.conversation.digit('0');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('For opening hours, press 1. To hear this again, press 0.');
});

test('clear words in between start the count again', async () => {
  const scene = await Scene.afterGreeting();
  for (const words of ['when? are? you?', 'when are you open', 'when? are? you?']) {
    scene.callerSays(words);
    await scene.untilAgentIsQuiet();
  }
  expect(scene.spoken.slice(1)).toEqual([phrases.askAgain[0], 'You said when are you open.', phrases.askAgain[0]]);
});

test.each([
  ['no words', '(hum)'],
  ['one doubtful word', 'what?'],
])('%s: nothing is answered', async (_, sound) => {
  const scene = await Scene.afterGreeting();
  scene.callerMakes(sound, 500);
  await scene.pass(4000);
  expect(scene.spoken).toEqual(['Hello there.']);
  expect(scene.of('speech_rejected')).toHaveLength(1);
});

test('a sound shorter than a word is ignored whatever the recogniser thinks', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerMakes('what', 160);
  await scene.pass(4000);
  expect(scene.of('speech_rejected')).toMatchObject([{ reason: 'too_short', text: 'what' }]);
  expect(scene.spoken).toEqual(['Hello there.']);
});

test('doubtful words from the far end of the room are not asked for again', async () => {
  const scene = await Scene.afterGreeting();
  scene.detector.levelDbfs = -52;
  scene.callerSays('when? are? you?');
  await scene.pass(4000);
  expect(scene.spoken).toEqual(['Hello there.']);
});

test('babble is ignored', async () => {
  const scene = await Scene.afterGreeting({ settings: { silencePromptAfterMs: 60_000 } });
  for (let i = 0; i < 60; i++) scene.callerSays(`what${i % 7}? when${i % 5}?`);
  await scene.callerFinishes();
  await scene.pass(4000);
  expect(scene.spoken).toEqual(['Hello there.']);
  expect(scene.of('turn_ended')[0]).toMatchObject({ rule: 'background' });
  expect(scene.of('speech_rejected').every(({ reason }) => reason === 'low_confidence')).toBe(true);
});

test('babble does not cut the agent off for good', async () => {
  const long = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
  const scene = new Scene({ settings: { firstMessage: `${long}.` } });
  await scene.start();
  for (let i = 0; i < 60; i++) scene.callerSays(`what${i % 7}? when${i % 5}?`);
  await scene.until(() => scene.spoken.join(' ') === `${long}.`, 40_000);
});

test('a caller who talks clearly over babble is answered', async () => {
  const scene = await Scene.afterGreeting({ settings: { silencePromptAfterMs: 60_000 } });
  for (let i = 0; i < 24; i++) scene.callerSays(`what${i % 7}? when${i % 5}?`);
  scene.callerSays('when are you open on Sunday afternoon');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toMatch(/when are you open on Sunday afternoon\.$/);
});
