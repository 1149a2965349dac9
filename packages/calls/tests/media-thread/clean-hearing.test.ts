import { GuardedDetector, loadNoiseSuppression, loadSilero, SpeechDetector } from '@dialplane/audio';
import { type ConversationEvent, createConversation, defaultSettings } from '@dialplane/conversation';
import { createFliteSynthesiser, type Recogniser, type Synthesiser } from '@dialplane/speech';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CleanHearing } from '../../src/media-thread/clean-hearing.ts';

const greeting =
  'Harbour Cycles, hello. We are open from nine to five on all days but Sunday, and the workshop rests on Mondays.';
const callersWords = 'Stop, I want to talk about a delivery.';

let flite: Synthesiser & { close(): Promise<void> | void };
const silero = loadSilero();
const suppression = loadNoiseSuppression();

beforeAll(async () => {
  flite = await createFliteSynthesiser();
});

afterAll(() => flite.close());

async function spoken(text: string): Promise<Int16Array> {
  const parts: Int16Array[] = [];
  const request = { text, voice: 'rms', sampleRate: 8000 } as const;
  for await (const { samples } of flite.synthesise(request, new AbortController().signal)) parts.push(samples);
  return Int16Array.from(parts.flatMap((part) => [...part]));
}

/** Understands, as the caller's words, whatever lasts half a second. */
const understanding: Recogniser = {
  name: 'understanding',
  acceptAbove: 0.5,
  open: ({ onEvent }) => {
    let samples = 0;
    return {
      audio: (chunk) => {
        samples += chunk.length;
        if (samples > 4000) onEvent({ type: 'partial', text: callersWords, revision: 0 });
      },
      forceEnd: () => {
        const text = samples > 4000 ? callersWords : '';
        samples = 0;
        onEvent({ type: 'turn_end', text, confidence: 0.9, words: [], trigger: 'forced' });
      },
      cancel: () => {
        samples = 0;
      },
      configure: () => {},
      close: () => {},
    };
  },
};

/** A telephone on a table: what was said comes back 160 ms later, with two reflections, 8 dB down. */
class Loudspeaker {
  readonly #sent: number[] = [];

  play(frame: Int16Array): void {
    this.#sent.push(...frame);
  }

  /** The next 20 ms of its microphone. */
  record(): Int16Array {
    const now = this.#sent.length;
    const at = (i: number, delayMs: number) => this.#sent[now + i - delayMs * 8] ?? 0;
    return Int16Array.from({ length: 160 }, (_, i) => 0.35 * at(i, 160) + 0.15 * at(i, 171) - 0.1 * at(i, 183));
  }
}

/** A call whose greeting is played by a loudspeaker beside the microphone. */
async function onLoudspeaker(guardsEcho: boolean, caller: Int16Array, callerFromMs: number) {
  const events: ConversationEvent[] = [];
  let nowMs = 0;
  const detector = new SpeechDetector(await silero);
  const guarded = new GuardedDetector(detector);
  const conversation = createConversation({
    settings: { ...defaultSettings, agentId: 'a', firstMessage: greeting, voice: 'slt', menu: [] },
    recogniser: understanding,
    vocabulary: { id: 'none', sentences: [] },
    synthesiser: flite,
    model: {
      name: 'fixed',
      async *stream() {
        yield { type: 'text', delta: 'Of course.' };
        yield { type: 'done' };
      },
    },
    detector: guardsEcho ? guarded : detector,
    history: [],
    callId: 'call',
    nowMs: () => nowMs,
    emit: (event) => void events.push(event),
    onEnd: () => {},
  });
  const hearing = new CleanHearing({
    noiseSuppression: 'off',
    suppression: await suppression,
    detector,
    guarded,
    conversation,
  });
  const telephone = new Loudspeaker();
  const out = new Int16Array(160);
  // The greeting's sound is made before the call is answered.
  await spoken(greeting);
  hearing.start();
  const isGreeted = () => events.some(({ kind }) => kind === 'agent_spoke');
  while (nowMs < 20_000 && !isGreeted()) {
    const heard = telephone.record();
    const from = (nowMs - callerFromMs) * 8;
    for (let i = 0; i < 160; i++) heard[i] = (heard[i] ?? 0) + (caller[from + i] ?? 0);
    nowMs += 20;
    hearing.hear(heard);
    hearing.speak(out);
    telephone.play(out);
    // Faster than real time, yet slow enough that a sentence is synthesised within its real time.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  hearing.stop();
  detector.close();
  const steps = events.flatMap((event) => (event.kind === 'interruption' ? [event.step] : []));
  return { steps, spoke: events.find((event) => event.kind === 'agent_spoke') };
}

const nobody = new Int16Array(0);

test('an agent on a loudspeaker interrupts itself without the guard', async () => {
  const { steps } = await onLoudspeaker(false, nobody, 0);
  expect(steps).toContain('paused');
});

test('an agent on a loudspeaker says its greeting to the end', async () => {
  const { steps, spoke } = await onLoudspeaker(true, nobody, 0);
  expect(steps).toEqual([]);
  expect(spoke).toMatchObject({ text: greeting, interrupted: false });
});

test('a caller who talks over the loudspeaker is heard', async () => {
  const { steps, spoke } = await onLoudspeaker(true, await spoken(callersWords), 2500);
  expect(steps).toContain('committed');
  expect(spoke).toMatchObject({ interrupted: true });
});
