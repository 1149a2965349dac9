import { expect, test } from 'vitest';
import { Scene } from './fakes/scene.ts';

test('a silent caller is asked twice and then the call ends', async () => {
  const scene = await Scene.afterGreeting();
  const greetingEndMs = scene.of('agent_spoke')[0]?.toMs ?? 0;
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.end).toBe('silence');
  expect(scene.spoken).toEqual([
    'Hello there.',
    'Are you still there?',
    'Are you still there?',
    "I can't hear you, so I'll end the call now. Goodbye.",
  ]);
  const [first, second] = scene.of('silence_prompted');
  expect(first).toMatchObject({ prompt: 1 });
  expect(second).toMatchObject({ prompt: 2 });
  // Counted from the end of the agent's speech on the media clock.
  expect((first?.atMs ?? 0) - greetingEndMs).toBeGreaterThanOrEqual(8000);
  expect((first?.atMs ?? 0) - greetingEndMs).toBeLessThanOrEqual(8040);
  const secondPromptEndMs = scene.of('agent_spoke')[2]?.toMs ?? 0;
  expect((scene.of('goodbye_started')[0]?.atMs ?? 0) - secondPromptEndMs).toBeLessThanOrEqual(8040);
  expect(scene.wire.at(-1)).toBe('');
});

test.each([0, 1])('%i prompts when so set', async (silenceMaxPrompts) => {
  const scene = await Scene.afterGreeting({ settings: { silenceMaxPrompts } });
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.of('silence_prompted')).toHaveLength(silenceMaxPrompts);
  expect(scene.end).toBe('silence');
});

test('words start the count again', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.of('silence_prompted').length === 1);
  await scene.untilAgentIsQuiet();
  scene.callerSays('yes hello');
  await scene.untilAgentIsQuiet();
  await scene.until(() => scene.of('silence_prompted').length === 2);
  expect(scene.of('silence_prompted').map(({ prompt }) => prompt)).toEqual([1, 1]);
});

test('a key starts the count again', async () => {
  const scene = await Scene.afterGreeting();
  await scene.pass(7000);
  scene.conversation.digit('5');
  await scene.pass(7000);
  expect(scene.of('silence_prompted')).toEqual([]);
});

test('noise does not count as a caller', async () => {
  const scene = await Scene.afterGreeting();
  for (let i = 0; i < 30; i++) scene.callerMakes('(hum)', 400).callerPauses(1600);
  await scene.until(() => scene.end !== undefined, 70_000);
  expect(scene.end).toBe('silence');
  expect(scene.of('silence_prompted').map(({ prompt }) => prompt)).toEqual([1, 2]);
});

test('babble without an end cannot keep a dead call open', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerMakes('(babble)', 90_000);
  await scene.until(() => scene.end !== undefined, 90_000);
  expect(scene.end).toBe('silence');
});

test('nobody is asked while the model works', async () => {
  const scene = await Scene.afterGreeting({ settings: { silencePromptAfterMs: 2000 } });
  scene.model.script = (words) => [5000, { type: 'text', delta: `You said ${words}.` }];
  scene.callerSays('when are you open');
  await scene.untilAgentIsQuiet();
  expect(scene.of('silence_prompted')).toEqual([]);
  expect(scene.spoken.at(-1)).toBe('You said when are you open.');
});

test('nobody is asked in the middle of their own sentence', async () => {
  const scene = await Scene.afterGreeting({ settings: { silencePromptAfterMs: 2000 } });
  await scene.pass(200);
  for (let i = 0; i < 10; i++) scene.callerSays(`this is a long story ${i}`);
  await scene.callerFinishes();
  expect(scene.of('silence_prompted')).toEqual([]);
});

test('a prompt cut by an interruption leaves nothing behind: the silent caller is still noticed', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.of('silence_prompted').length === 1);
  await scene.until(() => scene.wire.at(-1) === 'you');
  scene.callerSays('hello you');
  await scene.untilAgentIsQuiet();
  expect(scene.spoken.at(-1)).toBe('You said hello you.');
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.end).toBe('silence');
});

test('a prompt cut by noise goes on and the silent caller is still noticed', async () => {
  const scene = await Scene.afterGreeting();
  await scene.until(() => scene.of('silence_prompted').length === 1);
  await scene.until(() => scene.wire.at(-1) === 'you');
  scene.callerMakes('(crash)', 900);
  await scene.until(() => scene.end !== undefined, 60_000);
  expect(scene.end).toBe('silence');
  expect(scene.of('silence_prompted')).toHaveLength(2);
});
