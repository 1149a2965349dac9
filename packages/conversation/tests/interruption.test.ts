import { expect, test } from 'vitest';
import type { ModelEvent } from '../src/index.ts';
import { Scene } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

const longAnswer = 'We are open from nine to five on all days but Sunday and Monday.';

/** The agent is in the middle of a long answer. */
async function agentSpeaking(
  settings: { interruptible?: boolean } = {},
  events: readonly ModelEvent[] = [],
): Promise<Scene> {
  const scene = await Scene.afterGreeting({ settings });
  scene.model.script = (words) => (words === 'when' ? [text(longAnswer), ...events] : [text(`You said ${words}.`)]);
  scene.callerSays('when').callerPauses(500);
  await scene.until(() => scene.wire.at(-1) === 'open');
  return scene;
}

test('ducks, pauses and commits when the caller speaks over the agent', async () => {
  const scene = await agentSpeaking();
  const onsetFrame = scene.wire.length;
  scene.callerMakes('(mumble)', 200).callerSays('what about Sunday');
  await scene.until(() => scene.interruptions.length === 3);
  expect(scene.interruptions).toEqual(['ducked speech', 'paused speech', 'committed word']);
  const [ducked, paused] = scene.of('interruption');
  const onsetMs = (onsetFrame + 1) * 20;
  expect((ducked?.atMs ?? 0) - onsetMs).toBeLessThanOrEqual(60);
  expect((paused?.atMs ?? 0) - onsetMs).toBeLessThanOrEqual(300);
  // Contract: nothing on the wire 350 ms after the onset.
  await scene.pass(200);
  expect(scene.wire.slice(onsetFrame + 350 / 20).every((word) => word === '')).toBe(true);
});

test('is 12 dB down within 120 ms of the onset', async () => {
  const scene = await agentSpeaking();
  const loud = new Int16Array(160);
  scene.conversation.speak(loud);
  scene.callerMakes('(mumble)', 300);
  await scene.pass(120);
  const ducked = new Int16Array(160);
  scene.conversation.speak(ducked);
  const ratioDb = 20 * Math.log10(Math.max(...ducked) / Math.max(...loud));
  expect(ratioDb).toBeGreaterThan(-12.2);
  expect(ratioDb).toBeLessThan(-11.8);
});

test('a click softens the agent for a moment and is not told', async () => {
  const scene = await agentSpeaking();
  const from = scene.wire.length;
  scene.callerMakes('(click)', 20);
  await scene.pass(200);
  const after = scene.wire.slice(from);
  expect(after).toContain('~');
  expect(after.at(-1)).not.toBe('~');
  expect(scene.interruptions).toEqual([]);
});

test('stores only the words that were heard, cut at the word', async () => {
  const scene = await agentSpeaking();
  scene.callerSays('stop please').callerPauses(600);
  await scene.until(() => scene.of('agent_spoke').length === 2);
  const cut = scene.of('agent_spoke').at(-1);
  expect(cut).toMatchObject({ interrupted: true, purpose: 'answer' });
  // "open" had begun.
  expect(cut?.text).toBe('We are');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said stop please.');
  const turns = scene.model.calls.at(-1)?.request.turns ?? [];
  expect(turns.slice(-2)).toEqual([
    { role: 'agent', text: cut?.text },
    { role: 'caller', text: 'stop please' },
  ]);
});

test('a false interruption resumes at the word', async () => {
  const scene = await agentSpeaking();
  scene.callerMakes('(cough)', 400);
  await scene.untilAgentIsQuiet();
  expect(scene.interruptions).toEqual(['ducked speech', 'paused speech', 'resumed no_words']);
  // Nothing is lost or said twice in what is recorded, and the word that was cut is on the wire again from its start.
  expect(scene.spoken.at(-1)).toBe(longAnswer);
  const frames = new Map<string, number>();
  for (const word of scene.wire) frames.set(word, (frames.get(word) ?? 0) + 1);
  for (const word of ['Sunday', 'and', 'Monday.']) expect(frames.get(word)).toBe(10);
  const resumed = scene.of('interruption').at(-1)?.heard ?? '';
  const repeated = longAnswer.slice(resumed.length).trim().split(' ')[0] ?? '';
  expect(frames.get(repeated)).toBeGreaterThanOrEqual(9);
});

test('a back-channel does not stop the agent', async () => {
  const scene = await agentSpeaking();
  scene.callerSays('okay yeah');
  await scene.untilAgentIsQuiet();
  expect(scene.interruptions).toEqual(['ducked speech', 'paused speech', 'resumed back_channel']);
  expect(scene.spoken.at(-1)).toBe(longAnswer);
  expect(scene.model.calls).toHaveLength(1);
  expect(scene.of('speech_rejected')).toMatchObject([{ reason: 'back_channel', text: 'okay yeah' }]);
});

test('"yes" is an answer when the agent asked a yes/no question', async () => {
  const scene = await agentSpeaking({}, [{ type: 'expect', expect: 'yes_no' }]);
  scene.callerSays('yes');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said yes.');
});

test.each(['wait', 'no', 'agent'])('"%s" commits at once and the reply never comes back', async (word) => {
  const scene = await agentSpeaking();
  // Doubtful, so that the final words are rejected.
  scene.callerSays(`${word}?`);
  await scene.pass(3000);
  expect(scene.interruptions.at(-1)).toBe('committed stop_word');
  expect(scene.wire.slice(-100).every((sound) => sound === '')).toBe(true);
});

test('700 ms of speech commit, and the reply comes back when there were no words in it', async () => {
  const scene = await agentSpeaking();
  scene.callerMakes('(mumble)', 900);
  await scene.untilAgentIsQuiet();
  expect(scene.interruptions).toEqual(['ducked speech', 'paused speech', 'committed long_speech', 'resumed no_words']);
  const [first, second] = scene.of('agent_spoke').slice(1);
  expect(first).toMatchObject({ interrupted: true });
  expect(second).toMatchObject({ interrupted: false, timing: null });
  expect(`${first?.text} ${second?.text}`).toBe(longAnswer);
  // The history holds one turn.
  scene.callerSays('thank you');
  await scene.untilAgentIsQuiet();
  expect(scene.model.calls.at(-1)?.request.turns.at(-2)?.text).toBe(longAnswer);
});

test('noise that goes on and on without words does not keep the agent quiet', async () => {
  const scene = await agentSpeaking();
  scene.callerMakes('(engine)', 9000);
  await scene.until(() => scene.spoken.includes('Monday.') || scene.spoken.at(-1)?.endsWith('Monday.') === true, 9000);
  expect(scene.interruptions).toContain('resumed no_words');
});

test('an interruption during the greeting is answered', async () => {
  const scene = new Scene({ settings: { firstMessage: 'Welcome to the garden centre, how can we help you today?' } });
  await scene.start();
  await scene.pass(600);
  scene.callerSays('opening hours please');
  await scene.untilAgentIsQuiet();
  expect(scene.of('agent_spoke')[0]).toMatchObject({ purpose: 'greeting', interrupted: true });
  expect(scene.spoken.at(-1)).toBe('You said opening hours please.');
});

test('an interruption before the first frame drops the reply without a trace and answers both parts', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) => [1200, text(`You said ${words}.`)];
  scene.callerSays('when are you open').callerPauses(700).callerSays('on Sunday');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken).toEqual(['Hello there.', 'You said when are you open on Sunday.']);
  expect(scene.interruptions).toEqual([]);
});

test('noise between question and reply does not make the agent mute', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) => [800, text(`You said ${words}.`)];
  scene.callerSays('when are you open').callerPauses(700).callerMakes('(cough)', 300);
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said when are you open.');
  expect(scene.model.calls).toHaveLength(1);
});

test('an uninterruptible speech goes on in full voice and the caller is answered after it', async () => {
  const scene = await agentSpeaking({ interruptible: false });
  const from = scene.wire.length;
  scene.callerSays('what about Sunday');
  await scene.untilAgentIsQuiet();
  expect(scene.interruptions).toEqual([]);
  expect(scene.wire.slice(from).includes('~')).toBe(false);
  await scene.until(() => scene.spoken.length === 3);
  expect(scene.spoken.slice(1)).toEqual([longAnswer, 'You said what about Sunday.']);
});

test('without a recogniser 700 ms of speech commit', async () => {
  const scene = new Scene({
    withoutRecogniser: true,
    settings: { menu: [{ title: 'Opening hours', text: 'From nine to five.' }] },
  });
  await scene.start();
  await scene.pass(400);
  scene.callerMakes('(words)', 1000);
  await scene.until(() => scene.interruptions.includes('committed long_speech'));
});

test('an uninterruptible sentence that waited for the caller is not held for ever', async () => {
  const scene = await Scene.afterGreeting({ settings: { interruptible: false } });
  scene.synthesiser.firstChunkAfterMs = 300;
  scene.conversation.say('A word from us.');
  scene.callerSays('stop');
  await scene.untilAgentIsQuiet();
  await scene.until(() => scene.spoken.length === 3);
  expect(scene.spoken.slice(1)).toEqual(['A word from us.', 'You said stop.']);
});
