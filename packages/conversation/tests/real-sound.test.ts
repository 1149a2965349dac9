import { decodeG711, encodeG711, loadSilero, SpeechDetector } from '@dialplane/audio';
import {
  createFliteSynthesiser,
  type Recogniser,
  type RecogniserStream,
  type Synthesiser,
  withPromptCache,
} from '@dialplane/speech';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Conversation,
  type ConversationEvent,
  type ConversationOptions,
  createConversation,
  defaultSettings,
} from '../src/index.ts';

/** Real detector and real voices in real time order; only the words are given, since recognisers are not everywhere. */
let flite: Awaited<ReturnType<typeof createFliteSynthesiser>>;
let voice: Synthesiser;
const silero = loadSilero();

beforeAll(async () => {
  flite = await createFliteSynthesiser();
  voice = withPromptCache(flite, { maxBytes: 8_000_000 });
});

afterAll(() => flite.close());

async function caller(text: string): Promise<Int16Array> {
  const parts: Int16Array[] = [];
  const request = { text, voice: 'rms', sampleRate: 8000 } as const;
  for await (const chunk of flite.synthesise(request, new AbortController().signal)) parts.push(chunk.samples);
  const samples = Int16Array.from(parts.flatMap((part) => [...part]));
  const coded = new Uint8Array(samples.length);
  encodeG711('mu', samples, 0, samples.length, coded, 0);
  decodeG711('mu', coded, 0, coded.length, samples, 0);
  return samples;
}

/** Knows what the caller says, and gives it as soon as there was half a second of sound. */
function knowing(words: () => string): Recogniser {
  return {
    name: 'knowing',
    acceptAbove: 0.5,
    open: ({ onEvent }): RecogniserStream => {
      let samples = 0;
      return {
        audio: (chunk) => {
          samples += chunk.length;
          if (samples > 4000) onEvent({ type: 'partial', text: words(), revision: 0 });
        },
        forceEnd: () => {
          samples = 0;
          onEvent({ type: 'turn_end', text: words(), confidence: 0.9, words: [], trigger: 'forced' });
        },
        cancel: () => {
          samples = 0;
        },
        configure: () => {},
        close: () => {},
      };
    },
  };
}

interface Line {
  readonly conversation: Conversation;
  readonly events: ConversationEvent[];
  readonly sent: number[];
  nowMs(): number;
  frame(caller?: Int16Array): Promise<void>;
}

async function call(words: () => string, answer: string): Promise<Line> {
  let nowMs = 0;
  const events: ConversationEvent[] = [];
  const sent: number[] = [];
  const out = new Int16Array(160);
  const options: ConversationOptions = {
    settings: { ...defaultSettings, agentId: 'a', firstMessage: 'Harbour Cycles, hello.', voice: 'slt', menu: [] },
    recogniser: knowing(words),
    vocabulary: { id: 'none', sentences: [] },
    synthesiser: voice,
    model: {
      name: 'fixed',
      async *stream() {
        yield { type: 'text', delta: answer };
        yield { type: 'done' };
      },
    },
    detector: new SpeechDetector(await silero),
    history: [],
    callId: 'call',
    nowMs: () => nowMs,
    emit: (event) => events.push(event),
    onEnd: () => {},
  };
  const conversation = createConversation(options);
  const silence = new Int16Array(160);
  return {
    conversation,
    events,
    sent,
    nowMs: () => nowMs,
    frame: async (heard = silence) => {
      nowMs += 20;
      conversation.hear(heard);
      conversation.speak(out);
      sent.push(Math.sqrt(out.reduce((sum, sample) => sum + sample * sample, 0) / out.length));
      // Faster than real time, yet slow enough that a sentence is synthesised within its real time.
      await new Promise((resolve) => setTimeout(resolve, 2));
    },
  };
}

async function greeted(words: () => string, answer: string): Promise<Line> {
  const line = await call(words, answer);
  // The greeting, and the answer's sound, are in the cache as they would be on a warm server.
  for (const text of ['Harbour Cycles, ', answer]) {
    for await (const _ of voice.synthesise(
      { text: text.trim(), voice: 'slt', sampleRate: 8000 },
      new AbortController().signal,
    ));
  }
  line.conversation.start();
  while (!line.events.some(({ kind }) => kind === 'agent_spoke')) await line.frame();
  for (let i = 0; i < 40; i++) await line.frame();
  return line;
}

function* frames(samples: Int16Array): Generator<Int16Array> {
  for (let from = 0; from < samples.length; from += 160) {
    const frame = new Int16Array(160);
    frame.set(samples.subarray(from, from + 160));
    yield frame;
  }
}

test('a real voice is noticed, its end found, and it is answered', async () => {
  const question = 'What are your opening hours on Saturday?';
  const answer = 'We are open from nine to five.';
  const line = await greeted(() => question, answer);
  const sound = await caller(question);
  let end = sound.length - 1;
  while (Math.abs(sound[end] ?? 0) < 300) end--;
  const endMs = line.nowMs() + end / 8;
  for (const frame of frames(sound)) await line.frame(frame);
  for (let i = 0; i < 150 && line.events.filter(({ kind }) => kind === 'agent_spoke').length < 2; i++)
    await line.frame();
  const ended = line.events.filter((event) => event.kind === 'turn_ended');
  expect(ended).toHaveLength(1);
  expect(Math.abs((ended[0]?.speechEndMs ?? 0) - endMs)).toBeLessThanOrEqual(80);
  const spoke = line.events.filter((event) => event.kind === 'agent_spoke').at(-1);
  expect(spoke).toMatchObject({ text: answer, interrupted: false });
  expect(spoke?.timing?.endpointingMs).toBeGreaterThanOrEqual(500);
  expect(spoke?.timing?.endpointingMs).toBeLessThanOrEqual(520);
});

test('a real voice over a real answer quietens it within 350 ms and is answered', async () => {
  const answer =
    'We are open from nine to five on all days but Sunday, when we are closed all day and the workshop rests.';
  let words = 'What are your opening hours?';
  const line = await greeted(() => words, answer);
  for (const frame of frames(await caller(words))) await line.frame(frame);
  const spoken = () => line.sent.at(-1) ?? 0;
  while (spoken() < 300) await line.frame();
  for (let i = 0; i < 60; i++) await line.frame();
  words = 'Stop, I want to know about delivery.';
  const sound = await caller(words);
  let start = 0;
  while (Math.abs(sound[start] ?? 0) < 300) start++;
  const onsetFrame = line.sent.length + Math.floor(start / 160);
  for (const frame of frames(sound)) await line.frame(frame);
  const heard = line.events.filter((event) => event.kind === 'agent_spoke').at(1);
  expect(heard).toMatchObject({ interrupted: true });
  expect(answer.startsWith(heard?.text ?? 'x')).toBe(true);
  const quietFrom = line.sent.findIndex(
    (level, index) => index > onsetFrame && line.sent.slice(index, index + 20).every((one) => one < 2) && level < 2,
  );
  expect((quietFrom - onsetFrame) * 20).toBeLessThanOrEqual(350);
});
