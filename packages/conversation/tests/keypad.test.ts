import { expect, test } from 'vitest';
import { phrases } from '../src/phrases.ts';
import { Scene, type SceneOptions } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

const menu = [
  { title: 'Opening hours', text: 'We are open from nine to five.' },
  { title: 'VIP club', text: 'The club is for everybody.' },
];
const choices = 'For opening hours, press 1. For VIP club, press 2. To hear this again, press 0.';
const again = 'To hear the choices again, press 0.';

async function menuOffered(options: SceneOptions = {}): Promise<Scene> {
  const scene = new Scene({ withoutRecogniser: true, settings: { menu, ...options.settings } });
  await scene.start();
  return scene;
}

test('without a recogniser the agent says so and offers a keypad menu', async () => {
  const scene = await menuOffered();
  await scene.until(() => scene.spoken.length === 3);
  expect(scene.spoken).toEqual(['Hello there.', phrases.keypadOnly, choices]);
});

test('a key speaks its text, 0 the choices, others a hint', async () => {
  const scene = await menuOffered();
  await scene.untilAgentIsQuiet();
  for (const digit of ['1', '2', '0', '7', '#']) {
    scene.conversation.digit(digit);
    await scene.untilAgentIsQuiet();
  }
  expect(scene.spoken.slice(3)).toEqual([
    `${menu[0]?.text} ${again}`,
    `${menu[1]?.text} ${again}`,
    choices,
    'There is no choice 7. Press 0 to hear the choices.',
    'There is no choice hash. Press 0 to hear the choices.',
  ]);
  expect(scene.of('digit').map(({ digit }) => digit)).toEqual(['1', '2', '0', '7', '#']);
});

test('a key cuts the menu short', async () => {
  const scene = await menuOffered();
  await scene.until(() => scene.wire.at(-1) === 'opening');
  scene.conversation.digit('2');
  await scene.untilAgentIsQuiet();
  expect(scene.of('agent_spoke')[2]).toMatchObject({ text: 'For', interrupted: true });
  expect(scene.interruptions).toEqual(['committed digit']);
  expect(scene.spoken.at(-1)).toBe(`${menu[1]?.text} ${again}`);
});

test('a key during the greeting skips the rest of the opening', async () => {
  const scene = await menuOffered();
  await scene.pass(100);
  scene.conversation.digit('1');
  await scene.untilAgentIsQuiet();
  await scene.pass(2000);
  expect(scene.spoken).toEqual([`${menu[0]?.text} ${again}`]);
});

test('who talks to a line without a recogniser is told about the keys, twice at most', async () => {
  const scene = await menuOffered();
  await scene.untilAgentIsQuiet();
  for (let i = 0; i < 3; i++) {
    scene.callerMakes('(words)', 900).callerPauses(5000);
    await scene.callerFinishes();
  }
  expect(scene.spoken.filter((words) => words === phrases.keypadHint)).toHaveLength(2);
});

test('silence prompts speak of the keys', async () => {
  const scene = await menuOffered();
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.spoken.filter((words) => words === phrases.keypadSilence)).toHaveLength(2);
  expect(scene.end).toBe('silence');
});

test('neither recogniser nor menu: a goodbye', async () => {
  const scene = await menuOffered({ settings: { menu: [] } });
  await scene.until(() => scene.end !== undefined);
  expect(scene.spoken).toEqual(['Hello there.', phrases.nothingToOffer]);
  expect(scene.end).toBe('provider_failed');
});

test('at most nine choices', async () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ title: `Topic ${i + 1}`, text: `Text ${i + 1}.` }));
  const scene = await menuOffered({ settings: { menu: many } });
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toContain('For topic 9, press 9.');
  expect(scene.spoken.at(-1)).not.toContain('topic 10');
});

test('with a recogniser a key stops the agent and is recorded', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open from nine to five.')];
  scene.callerSays('when are you open');
  await scene.until(() => scene.wire.at(-1) === 'from');
  scene.conversation.digit('5');
  await scene.pass(1000);
  expect(scene.spoken.at(-1)).toBe('We are open');
  expect(scene.interruptions).toEqual(['committed digit']);
  expect(scene.of('digit')).toMatchObject([{ digit: '5' }]);
});

test('with a recogniser a key while the agent is quiet is only recorded', async () => {
  const scene = await Scene.afterGreeting({ settings: { menu } });
  scene.conversation.digit('1');
  await scene.pass(2000);
  expect(scene.spoken).toEqual(['Hello there.']);
  expect(scene.of('digit')).toHaveLength(1);
});

test('a key does not drop an answer that is on its way', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [1500, text('Well.')];
  scene.callerSays('when are you open').callerPauses(800);
  await scene.callerFinishes();
  scene.conversation.digit('1');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('Well.');
});

test('an operator sentence waits for a free floor and can be interrupted', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open from nine to five.')];
  scene.callerSays('when are you open');
  await scene.until(() => scene.wire.at(-1) === 'from');
  scene.conversation.say('A colleague of mine is listening now.');
  await scene.until(() => scene.wire.at(-1) === 'colleague');
  expect(scene.spoken.at(-1)).toBe('We are open from nine to five.');
  scene.callerSays('who is that');
  await scene.untilAgentIsQuiet();
  expect(scene.of('agent_spoke').at(-2)).toMatchObject({ purpose: 'notice', interrupted: true });
});
