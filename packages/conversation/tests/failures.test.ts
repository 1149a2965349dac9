import { expect, test } from 'vitest';
import { phrases } from '../src/phrases.ts';
import { Scene } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

test('the model fails: an apology, and the next turn is answered', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) =>
    words === 'first question' ? [Object.assign(new Error('Overloaded.'), { code: 'overloaded' })] : [text('Well.')];
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'model', code: 'overloaded', message: 'Overloaded.' }]);
  expect(scene.of('agent_spoke').at(-1)).toMatchObject({ text: phrases.apology, purpose: 'apology' });
  scene.callerSays('second question');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('Well.');
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe(phrases.apology);
  expect(scene.end).toBeUndefined();
});

test('the second failure in a row ends the call with a goodbye', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [new Error('Down.')];
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  scene.callerSays('second question');
  await scene.until(() => scene.end !== undefined);
  expect(scene.end).toBe('provider_failed');
  expect(scene.spoken.slice(1)).toEqual([phrases.apology, phrases.failureGoodbye]);
});

test('the model says nothing for 8 s', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [60_000, text('Late.')];
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'model' }]);
  const asked = scene.of('model_requested')[0]?.atMs ?? 0;
  expect((scene.of('provider_failed')[0]?.atMs ?? 0) - asked).toBeLessThanOrEqual(8040);
  expect(scene.model.calls[0]?.signal.aborted).toBe(true);
  expect(scene.spoken.at(-1)).toBe(phrases.apology);
});

test('the model ends without a word', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [];
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'model' }]);
});

test('the model breaks off: what it said is spoken, then the apology', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open today. And '), 300, new Error('Connection lost.')];
  scene.callerSays('first question');
  await scene.until(() => scene.spoken.length === 3);
  expect(scene.spoken.slice(1)).toEqual(['We are open today.', phrases.apology]);
});

test('a guess that fails is asked again without a word about it', async () => {
  const scene = await Scene.afterGreeting();
  let asked = 0;
  scene.model.script = () => (asked++ === 0 ? [new Error('Busy.')] : [text('Well.')]);
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toEqual([]);
  expect(scene.spoken.at(-1)).toBe('Well.');
});

test('the synthesiser fails on an answer', async () => {
  const scene = await Scene.afterGreeting();
  scene.synthesiser.failsOn = (words) => words.startsWith('You said');
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'synthesiser', code: 'synthesiser_failed' }]);
  expect(scene.spoken.at(-1)).toBe(phrases.apology);
});

test('a synthesiser that never speaks again ends the call', async () => {
  const scene = new Scene();
  scene.synthesiser.failsOn = () => true;
  await scene.start();
  await scene.until(() => scene.end !== undefined);
  expect(scene.end).toBe('provider_failed');
  expect(scene.spoken).toEqual([]);
});

test('a synthesiser that hangs counts as failed', async () => {
  const scene = await Scene.afterGreeting();
  scene.synthesiser.firstChunkAfterMs = 100_000;
  scene.callerSays('first question');
  await scene.until(() => scene.of('provider_failed').length === 1);
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'synthesiser' }]);
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.end).toBe('provider_failed');
});

test('the recogniser fails: the caller is asked to repeat, and the next utterance works', async () => {
  const scene = await Scene.afterGreeting();
  scene.recogniser.failWith = 'recogniser_failed';
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'recogniser', code: 'recogniser_failed' }]);
  expect(scene.spoken.at(-1)).toBe(phrases.apology);
  scene.recogniser.failWith = null;
  scene.callerSays('second question');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said second question.');
});

test('a recogniser that never answers counts as failed', async () => {
  const scene = await Scene.afterGreeting();
  scene.recogniser.mute = true;
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('provider_failed')).toMatchObject([{ stage: 'recogniser', code: 'final_words_timeout' }]);
});

test('an apology is not spoken over or after the answer to newer words', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) => (words === 'first question' ? [900, new Error('Down.')] : [text('Well.')]);
  scene.callerSays('first question').callerPauses(700).callerSays('and another one');
  await scene.untilAgentIsQuiet();
  await scene.pass(3000);
  expect(scene.spoken).toEqual(['Hello there.', 'Well.']);
});

test('silence within an answer is told of after 700 ms, once, with who is waited for', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open today. And '), 2500, text('tomorrow as well.')];
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  await scene.pass(3000);
  expect(scene.of('speech_stalled')).toMatchObject([{ waitingFor: 'model' }]);
  expect(scene.spoken.slice(1).join(' ')).toBe('We are open today. And tomorrow as well.');
});

test('an agent that the caller holds back is not stalled', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open from nine to five on all days of the week but Sunday.')];
  scene.callerSays('first question');
  await scene.until(() => scene.wire.at(-1) === 'nine');
  scene.callerSays('mm-hm');
  await scene.untilAgentIsQuiet();
  expect(scene.of('speech_stalled')).toEqual([]);
});
