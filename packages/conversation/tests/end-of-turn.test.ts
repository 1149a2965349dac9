import { expect, test } from 'vitest';
import { Scene } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

test('the turn is over after 500 ms of silence from the last sound', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerSays('when are you open');
  await scene.callerFinishes();
  const lastSoundMs = scene.clock.nowMs;
  await scene.pass(800);
  const [ended] = scene.of('turn_ended');
  expect(ended).toMatchObject({ rule: 'silence', silenceMs: 500, speechEndMs: lastSoundMs, atMs: lastSoundMs + 500 });
});

test.each([
  ['yes_no', 300],
  ['digits', 1000],
] as const)('a %s question changes the rule to %i ms', async (expected, silenceMs) => {
  const scene = await Scene.afterGreeting();
  scene.model.script = () => [text('And now?'), { type: 'expect', expect: expected }];
  scene.callerSays('hello you');
  await scene.untilAgentIsQuiet();
  scene.callerSays('five six');
  await scene.pass(2000);
  expect(scene.of('turn_ended').at(-1)).toMatchObject({ rule: `silence_${expected}`, silenceMs });
  expect(scene.recogniser.expectations).toEqual([expected]);
});

test('a pause inside a sentence loses and repeats no word', async () => {
  const scene = await Scene.afterGreeting();
  // 440 ms: long enough for the final words to be asked for, too short for the end of the turn.
  scene.callerSays('when are you').callerPauses(440).callerSays('open on Sunday');
  await scene.untilAgentIsQuiet();
  expect(scene.of('transcript_final').map((event) => event.text)).toEqual(['when are you open on Sunday']);
  expect(scene.spoken.at(-1)).toBe('You said when are you open on Sunday.');
});

test('a caller who goes on while the final words are awaited is not cut', async () => {
  const scene = await Scene.afterGreeting();
  scene.recogniser.finalAfterMs = 600;
  scene.callerSays('when are you').callerPauses(560).callerSays('open on Sunday');
  await scene.untilAgentIsQuiet();
  expect(scene.of('transcript_final').map((event) => event.text)).toEqual(['when are you open on Sunday']);
});

test('the recogniser hears 300 ms before the onset and nothing while nobody speaks', async () => {
  const scene = await Scene.afterGreeting();
  await scene.pass(2000);
  expect(scene.recogniser.heardSamples).toBe(0);
  scene.callerSays('hello');
  await scene.pass(2000);
  // 300 ms before, the word, and silence up to the early end at 350 ms.
  expect(scene.recogniser.heardSamples).toBe((300 + 280 + 360) * 8);
});

test('a guess made in the pause is used when the turn ends with the same words', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerSays('when are you open');
  await scene.untilAgentIsQuiet();
  expect(scene.model.calls).toHaveLength(1);
  expect(scene.of('model_requested')).toMatchObject([{ speculative: true, text: 'when are you open' }]);
  expect(scene.of('model_first_token')).toHaveLength(1);
  const answer = scene.of('agent_spoke').at(-1);
  // The sound was ready: the answer begins in the frame of the decision.
  expect(answer?.timing).toEqual({
    endpointingMs: 500,
    recogniserMs: 0,
    modelMs: 0,
    synthesisMs: 0,
    pacingMs: 0,
    earToEarMs: 500,
  });
});

test('the model learns how sure each word is, and its answer is still ready when the turn ends', async () => {
  const scene = await Scene.afterGreeting();
  scene.recogniser.surePerWord = true;
  scene.callerSays('when are you open?').callerPauses(500);
  await scene.until(() => scene.of('turn_ended').length === 1);
  const turn = scene.model.calls.at(-1)?.request.turns.at(-1);
  expect(turn).toEqual({
    role: 'caller',
    text: 'when are you open',
    words: [
      { text: 'when', confidence: 0.9 },
      { text: 'are', confidence: 0.9 },
      { text: 'you', confidence: 0.9 },
      { text: 'open', confidence: 0.2 },
    ],
  });
  // Asked from partial words, asked again with the final ones, and not a third time at the end of the turn.
  expect(scene.of('model_requested').map(({ speculative }) => speculative)).toEqual([true, true]);
});

test('a guess is dropped without a trace when the caller goes on', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerSays('when are you open').callerPauses(300).callerSays('on Sunday');
  await scene.untilAgentIsQuiet();
  const [dropped, used] = scene.model.calls;
  expect(scene.model.calls.map((call) => call.text)).toEqual(['when are you open', 'when are you open on Sunday']);
  expect(dropped?.signal.aborted).toBe(true);
  expect(used?.request.turns).toEqual([
    { role: 'agent', text: 'Hello there.' },
    { role: 'caller', text: 'when are you open on Sunday' },
  ]);
  expect(scene.spoken).toEqual(['Hello there.', 'You said when are you open on Sunday.']);
  expect(scene.of('model_first_token')).toHaveLength(1);
  expect(scene.wordsOnWire()).toEqual(['Hello', 'there.', ...'You said when are you open on Sunday.'.split(' ')]);
});

test('what a guess would do is done only when it is used', async () => {
  const scene = await Scene.afterGreeting();
  scene.model.script = (words) => [
    { type: 'tool_call', id: '1', name: 'end_call', arguments: {} },
    text(`You said ${words}.`),
  ];
  scene.callerSays('good bye').callerPauses(300).callerSays('is my favourite song');
  await scene.callerFinishes();
  expect(scene.of('tool_called')).toEqual([]);
  expect(scene.of('goodbye_started')).toEqual([]);
  await scene.untilAgentIsQuiet();
  expect(scene.of('tool_called')).toHaveLength(1);
});

test('the pieces of an answer time sum to the whole', async () => {
  const scene = await Scene.afterGreeting();
  scene.recogniser.finalAfterMs = 260;
  scene.synthesiser.firstChunkAfterMs = 140;
  scene.model.script = (words) => [400, text(`You said ${words}.`)];
  scene.callerSays('when are you open');
  await scene.callerFinishes();
  const lastSoundMs = scene.clock.nowMs;
  await scene.untilAgentIsQuiet();
  const answer = scene.of('agent_spoke').at(-1);
  const timing = answer?.timing;
  if (!timing) throw new Error('no timing');
  const { earToEarMs, ...pieces } = timing;
  expect(Object.values(pieces).reduce((sum, piece) => sum + piece, 0)).toBe(earToEarMs);
  expect(answer?.answersSpeechEndMs).toBe(lastSoundMs);
  expect(earToEarMs).toBe((answer?.fromMs ?? 0) - lastSoundMs);
  // Asked for at 360 ms of silence, known at 620 ms, decided at 500 ms.
  expect(timing).toMatchObject({ endpointingMs: 500, recogniserMs: 120 });
  expect(Math.min(...Object.values(pieces))).toBeGreaterThanOrEqual(0);
});

test('a monologue is over after a minute', async () => {
  const scene = await Scene.afterGreeting();
  for (let i = 0; i < 66; i++) scene.callerSays(`one${i % 7} two${i % 5} three${i % 3} four${i % 2}`);
  await scene.until(() => scene.of('turn_ended').length > 0, 70_000);
  const [ended] = scene.of('turn_ended');
  expect(ended?.rule).toBe('monologue');
  expect(scene.of('transcript_final')[0]?.text.split(' ').length).toBeGreaterThan(200);
  await scene.until(() => scene.wire.at(-1) === 'You', 3000);
});

test('two questions in a row become two turns in order', async () => {
  const scene = await Scene.afterGreeting();
  scene.callerSays('first question');
  await scene.untilAgentIsQuiet();
  scene.callerSays('second question');
  await scene.untilAgentIsQuiet();
  expect(scene.model.calls.at(-1)?.request.turns.map(({ text: words }) => words)).toEqual([
    'Hello there.',
    'first question',
    'You said first question.',
    'second question',
  ]);
});

test('earlier calls of the session come first', async () => {
  const scene = await Scene.afterGreeting({ history: [{ role: 'caller', text: 'my name is Ann' }] });
  scene.callerSays('hello again');
  await scene.untilAgentIsQuiet();
  expect(scene.model.calls.at(-1)?.request.turns[0]).toEqual({ role: 'caller', text: 'my name is Ann' });
});
