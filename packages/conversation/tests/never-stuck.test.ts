import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scene } from './fakes/scene.ts';
import { text } from './fakes/scripted-model.ts';

type Step =
  | { readonly does: 'words'; readonly count: number }
  | { readonly does: 'doubtful'; readonly count: number }
  | { readonly does: 'backchannel' }
  | { readonly does: 'stop' }
  | { readonly does: 'noise'; readonly ms: number }
  | { readonly does: 'digit' }
  | { readonly does: 'operator' }
  | { readonly does: 'move' }
  | { readonly does: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constant('words' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ does: fc.constant('doubtful' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.constant({ does: 'backchannel' as const }),
  fc.constant({ does: 'stop' as const }),
  fc.record({ does: fc.constant('noise' as const), ms: fc.integer({ min: 40, max: 3000 }) }),
  fc.constant({ does: 'digit' as const }),
  fc.constant({ does: 'operator' as const }),
  fc.constant({ does: 'move' as const }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 20, max: 2500 }) }),
);

const setting = fc.record({
  interruptible: fc.boolean(),
  withoutRecogniser: fc.boolean(),
  modelMs: fc.integer({ min: 0, max: 900 }),
  synthesisMs: fc.integer({ min: 0, max: 300 }),
  recogniserMs: fc.integer({ min: 0, max: 400 }),
  failsEvery: fc.integer({ min: 2, max: 9 }),
});

async function play(scene: Scene, one: Step, index: number): Promise<void> {
  const words = Array.from({ length: 'count' in one ? one.count : 0 }, (_, i) => `w${index % 20}x${i}`);
  switch (one.does) {
    case 'words':
      scene.callerSays(words.join(' '));
      return scene.callerFinishes();
    case 'doubtful':
      scene.callerSays(words.map((word) => `${word}?`).join(' '));
      return scene.callerFinishes();
    case 'backchannel':
      scene.callerSays('okay');
      return scene.callerFinishes();
    case 'stop':
      scene.callerSays('stop');
      return scene.callerFinishes();
    case 'noise':
      scene.callerMakes('(noise)', one.ms);
      return scene.callerFinishes();
    case 'digit':
      scene.conversation.digit(String(index % 10));
      return;
    case 'operator':
      scene.conversation.say('A word from us.');
      return;
    case 'move':
      scene.move();
      return;
    case 'wait':
      return scene.pass(one.ms);
  }
}

test('whatever happens, a caller who falls silent is noticed and the call ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), setting, async (steps, options) => {
      const scene = new Scene({
        withoutRecogniser: options.withoutRecogniser,
        settings: { interruptible: options.interruptible, menu: [{ title: 'Hours', text: 'Nine to five.' }] },
      });
      let asked = 0;
      scene.recogniser.finalAfterMs = options.recogniserMs;
      scene.synthesiser.firstChunkAfterMs = options.synthesisMs;
      scene.model.script = (words) => {
        asked++;
        if (asked % options.failsEvery === 0) return [options.modelMs, new Error('Down.')];
        const answer = [options.modelMs, text(`You said ${words}. `), text('Is there more?')];
        return asked % 3 === 0 ? [...answer, { type: 'expect', expect: 'yes_no' }] : answer;
      };
      await scene.start();
      for (const [index, one] of steps.entries()) await play(scene, one, index);
      await scene.until(() => scene.end !== undefined, 60_000);

      // Everything that was recorded as spoken was on the wire, in order and without overlaps.
      let last = 0;
      for (const { fromMs, toMs } of scene.of('agent_spoke')) {
        expect(fromMs).toBeGreaterThanOrEqual(last);
        expect(toMs).toBeGreaterThanOrEqual(fromMs);
        last = toMs;
      }
      const times = scene.events.map(({ atMs }) => atMs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      for (const { timing } of scene.of('agent_spoke')) {
        if (timing === null) continue;
        const { earToEarMs, ...pieces } = timing;
        expect(Object.values(pieces).reduce((sum, piece) => sum + piece, 0)).toBe(earToEarMs);
      }
      // No interruption is left open: the agent goes on, yields, or had nothing more to say.
      const lastStep = scene.events.findLastIndex(({ kind }) => kind === 'interruption');
      const open = scene.of('interruption').at(-1)?.step;
      if (open === 'ducked' || open === 'paused') {
        expect(scene.events.slice(lastStep).some(({ kind }) => kind === 'agent_spoke')).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
