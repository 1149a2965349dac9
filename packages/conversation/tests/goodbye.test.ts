import { expect, test } from 'vitest';
import { Scene, type SceneOptions } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

const endCall = { type: 'tool_call', id: 'c1', name: 'end_call', arguments: {} } as const;

/** The caller has said goodbye and the agent is saying its own. */
async function sayingGoodbye(options: SceneOptions = {}): Promise<Scene> {
  const scene = await Scene.afterGreeting(options);
  scene.model.script = (words) =>
    words.startsWith('bye') ? [endCall, text('Thank you for calling, have a nice day.')] : [text(`You said ${words}.`)];
  scene.callerSays('bye bye').callerPauses(500);
  await scene.until(() => scene.wire.at(-1) === 'calling,');
  return scene;
}

test('the goodbye is heard to its last word, then a moment of quiet, then the end', async () => {
  const scene = await sayingGoodbye();
  expect(scene.of('goodbye_started')).toHaveLength(1);
  await scene.until(() => scene.end !== undefined);
  expect(scene.end).toBe('agent_said_goodbye');
  const goodbye = scene.of('agent_spoke').at(-1);
  expect(goodbye).toMatchObject({
    text: 'Thank you for calling, have a nice day.',
    purpose: 'goodbye',
    interrupted: false,
  });
  expect(scene.clock.nowMs - (goodbye?.toMs ?? 0)).toBeGreaterThanOrEqual(600);
  expect(scene.clock.nowMs - (goodbye?.toMs ?? 0)).toBeLessThanOrEqual(660);
  expect(scene.of('tool_returned')).toMatchObject([{ id: 'c1', name: 'end_call', ok: true }]);
});

test('words during the goodbye cancel it and are answered', async () => {
  const scene = await sayingGoodbye();
  scene.callerSays('one more question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('goodbye_cancelled')).toHaveLength(1);
  expect(scene.spoken.at(-1)).toBe('You said one more question.');
  await scene.pass(2000);
  expect(scene.end).toBeUndefined();
});

test('words in the moment after the goodbye cancel it as well', async () => {
  const scene = await sayingGoodbye();
  await scene.until(() => scene.spoken.length === 2);
  scene.callerSays('one more question');
  await scene.untilAgentIsQuiet();
  expect(scene.of('goodbye_cancelled')).toHaveLength(1);
  expect(scene.spoken.at(-1)).toBe('You said one more question.');
});

test('noise during the goodbye does not cancel it', async () => {
  const scene = await sayingGoodbye();
  scene.callerMakes('(door)', 500);
  await scene.until(() => scene.end !== undefined);
  expect(scene.of('goodbye_cancelled')).toEqual([]);
  expect(scene.spoken.at(-1)).toBe('Thank you for calling, have a nice day.');
});

test('unclear words during the goodbye do not make the agent ask again', async () => {
  const scene = await sayingGoodbye();
  scene.callerSays('what? about? that?');
  await scene.until(() => scene.end !== undefined);
  expect(scene.of('agent_spoke').filter(({ purpose }) => purpose === 'ask_again')).toEqual([]);
});

test('a key cancels the goodbye', async () => {
  const scene = await sayingGoodbye();
  scene.conversation.digit('1');
  await scene.pass(3000);
  expect(scene.of('goodbye_cancelled')).toHaveLength(1);
  expect(scene.end).toBeUndefined();
});

test('a goodbye without words of the model is spoken all the same', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [endCall];
  scene.callerSays('bye bye');
  await scene.until(() => scene.end !== undefined);
  expect(scene.spoken.at(-1)).toBe('Goodbye.');
});

test('the goodbye to a silent caller is cancelled by words', async () => {
  const scene = await Scene.afterGreeting({ settings: { silenceMaxPrompts: 0 } });
  await scene.until(() => scene.of('goodbye_started').length === 1, 30_000);
  await scene.pass(400);
  scene.callerSays('I am here');
  await scene.untilAgentIsQuiet();
  expect(scene.of('goodbye_cancelled')).toHaveLength(1);
  expect(scene.spoken.at(-1)).toBe('You said I am here.');
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.end).toBe('silence');
});

test('warns a minute before the longest call is over, and words do not lengthen it', async () => {
  const scene = await Scene.afterGreeting({ settings: { maxCallMs: 70_000, silencePromptAfterMs: 200_000 } });
  await scene.until(() => scene.spoken.includes('This call will end in one minute.'), 15_000);
  expect(scene.of('agent_spoke').at(-1)?.fromMs).toBe(10_020);
  await scene.until(() => scene.of('goodbye_started').length === 1, 70_000);
  scene.callerSays('but I have another question');
  await scene.until(() => scene.end !== undefined);
  expect(scene.end).toBe('max_duration');
  expect(scene.spoken.at(-1)).toBe('Our time is up. Thank you for calling. Goodbye.');
  expect(scene.of('goodbye_cancelled')).toEqual([]);
});

test('asking for a person is logged and the words of the model go on', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) =>
    words.startsWith('bye')
      ? [text('Goodbye then.'), endCall]
      : [
          { type: 'tool_call', id: 'p1', name: 'request_person', arguments: { reason: 'a refund' } },
          text('We call you back.'),
        ];
  scene.callerSays('a person please');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('We call you back.');
  expect(scene.of('handoff')).toMatchObject([{ mode: 'logged_escalation', reason: 'a refund' }]);
  expect(scene.of('tool_returned')).toMatchObject([{ id: 'p1', ok: true }]);
  scene.callerSays('bye now');
  await scene.until(() => scene.end !== undefined);
  expect(scene.end).toBe('escalated');
});

test('an unknown tool is refused in the record', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [{ type: 'tool_call', id: 'x', name: 'launch', arguments: {} }, text('Done.')];
  scene.callerSays('go on then');
  await scene.untilAgentIsQuiet();
  expect(scene.of('tool_returned')).toMatchObject([{ name: 'launch', ok: false }]);
});

test('the caller hangs up: everything is cancelled and what was heard is recorded', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('We are open from nine to five. '), 3000, text('Never on Sunday.')];
  scene.callerSays('when are you open');
  await scene.until(() => scene.wire.at(-1) === 'from');
  scene.conversation.stop();
  expect(scene.of('agent_spoke').at(-1)).toMatchObject({ text: 'We are open', interrupted: true });
  expect(scene.model.calls.at(-1)?.signal.aborted).toBe(true);
  expect(scene.recogniser.closed).toBe(true);
  const events = scene.events.length;
  scene.callerSays('hello');
  await scene.pass(5000);
  expect(scene.events).toHaveLength(events);
  expect(scene.end).toBeUndefined();
  expect(scene.wire.at(-1)).toBe('');
});
