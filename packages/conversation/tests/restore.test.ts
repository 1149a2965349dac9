import { expect, test } from 'vitest';
import type { ConversationSnapshot } from '../src/index.ts';
import { Scene, type SceneOptions } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

/** Moves the conversation to another process. */
function moved(scene: Scene, options: SceneOptions = {}): Scene {
  const snapshot: ConversationSnapshot = JSON.parse(JSON.stringify(scene.conversation.snapshot()));
  expect(snapshot).toEqual(scene.conversation.snapshot());
  return new Scene(options, { scene, snapshot });
}

test('goes on in the middle of a speech at the word', async () => {
  const scene = await Scene.afterGreeting();
  const answer = 'We are open from nine to five, and on Sunday we are closed all day.';
  scene.model.script = () => [text(answer)];
  scene.callerSays('when are you open');
  await scene.until(() => scene.wire.at(-1) === 'nine');
  const next = moved(scene);
  await next.untilAgentIsQuiet();
  expect(next.wordsOnWire()).toEqual('nine to five, and on Sunday we are closed all day.'.split(' '));
  expect(next.of('agent_spoke')).toMatchObject([{ text: answer, purpose: 'answer', interrupted: false }]);
  expect(next.of('agent_spoke')[0]?.fromMs).toBe(scene.wire.indexOf('We') * 20 + 20);
  next.callerSays('thank you');
  await next.untilAgentIsQuiet();
  expect(next.model.calls.at(-1)?.request.turns).toEqual([
    { role: 'agent', text: 'Hello there.' },
    { role: 'caller', text: 'when are you open' },
    { role: 'agent', text: answer },
    { role: 'caller', text: 'thank you' },
  ]);
});

test('asks again for an answer of which nothing was heard', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [5000, text('Late.')];
  scene.callerSays('when are you open').callerPauses(1000);
  await scene.callerFinishes();
  const next = moved(scene);
  await next.untilAgentIsQuiet();
  expect(next.model.calls.map(({ request }) => request.turns)).toEqual([
    [
      { role: 'agent', text: 'Hello there.' },
      { role: 'caller', text: 'when are you open' },
    ],
  ]);
  expect(next.spoken).toEqual(['You said when are you open.']);
});

test('a silent caller is still noticed, after the time that was left', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.of('silence_prompted').length === 1);
  await scene.untilAgentIsQuiet();
  await scene.pass(4000);
  const next = moved(scene);
  await next.until(() => next.of('silence_prompted').length === 1);
  expect(next.of('silence_prompted')[0]?.prompt).toBe(2);
  expect(next.wire.length * 20).toBeLessThan(3300);
  await next.until(() => next.end !== undefined, 30_000);
  expect(next.end).toBe('silence');
});

test('a goodbye goes on to its end', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [
    { type: 'tool_call', id: '1', name: 'request_person', arguments: {} },
    { type: 'tool_call', id: '2', name: 'end_call', arguments: {} },
    text('Thank you for calling, goodbye now.'),
  ];
  scene.callerSays('bye bye');
  await scene.until(() => scene.wire.at(-1) === 'calling,');
  const next = moved(scene);
  await next.until(() => next.end !== undefined);
  expect(next.spoken).toEqual(['Thank you for calling, goodbye now.']);
  expect(next.end).toBe('escalated');
});

test('a conversation that has not begun greets', async () => {
  const scene = moved(new Scene());
  await scene.start();
  await scene.untilAgentIsQuiet();
  expect(scene.spoken).toEqual(['Hello there.']);
});

test('the offered menu still works', async () => {
  const options = { withoutRecogniser: true, settings: { menu: [{ title: 'Opening hours', text: 'Nine to five.' }] } };
  const scene = new Scene(options);
  await scene.start();
  await scene.pass(200);
  const next = moved(scene, options);
  await next.until(() => next.spoken.length === 3);
  next.conversation.digit('1');
  await next.untilAgentIsQuiet();
  expect(next.spoken.at(-1)).toMatch(/^Nine to five\./);
});

test('what the agent says after a restore is a turn of its own', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.wire.at(-1) === 'still');
  const next = moved(scene);
  await next.untilAgentIsQuiet();
  next.callerSays('yes please');
  await next.untilAgentIsQuiet();
  expect(next.model.calls.at(-1)?.request.turns.map(({ text: words }) => words)).toEqual([
    'Hello there.',
    'Are you still there?',
    'yes please',
  ]);
});

test('words the caller had already said are answered, and the speech they cut is recorded', async () => {
  const scene = await Scene.afterGreeting({ settings: { endpointingSilenceMs: 900 } });
  scene.model.script = () => [text('We are open from nine to five on all days but Sunday and Monday.')];
  scene.callerSays('when are you open').callerPauses(800);
  await scene.until(() => scene.wire.at(-1) === 'from');
  scene.callerSays('what about Sunday').callerPauses(820);
  await scene.callerFinishes();
  const next = moved(scene);
  await next.untilAgentIsQuiet();
  expect(next.spoken).toEqual(['You said what about Sunday.']);
  expect(next.model.calls[0]?.request.turns.slice(-2)).toEqual([
    { role: 'agent', text: scene.spoken.at(-1) },
    { role: 'caller', text: 'what about Sunday' },
  ]);
});
