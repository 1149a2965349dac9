/** Needs libpocketsphinx3 and pocketsphinx-en-us from apt; fails without them. */
import {
  createFliteSynthesiser,
  createPocketSphinx,
  findPocketSphinx,
  type PocketSphinx,
  type RecogniserEvent,
  type RecogniserOptions,
} from '@dialplane/speech';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecogniserHost } from '../src/pocketsphinx/recogniser-host.ts';
import { articles, instructions } from '../tools/harbour-cycles.ts';
import { noiseClips } from '../tools/noise-clips.ts';
import { overTelephoneLine } from '../tools/telephone-line.ts';
import { spokenSound } from './spoken-sound.ts';

const vocabulary = {
  id: 'harbour-cycles',
  sentences: [...articles.flatMap(({ title, body }) => [title, body]), instructions],
};
let flite: Awaited<ReturnType<typeof createFliteSynthesiser>>;
let recogniser: PocketSphinx;

beforeAll(async () => {
  expect(findPocketSphinx()).toEqual({ available: true });
  flite = await createFliteSynthesiser();
  recogniser = await createPocketSphinx({ processes: 1 });
  await recogniser.prepare(vocabulary);
});
afterAll(async () => {
  await recogniser.close();
  await flite.close();
});

/** A sentence as it comes out of a telephone line, with silence around it. */
async function callerSays(text: string, sampleRate: 8000 | 16000 = 8000, voice = 'rms'): Promise<Int16Array> {
  const { samples } = await spokenSound(flite, { text, voice, sampleRate });
  const padded = new Int16Array(samples.length + 0.5 * sampleRate);
  padded.set(samples, 0.15 * sampleRate);
  return sampleRate === 8000 ? overTelephoneLine(padded) : padded;
}

/** A stream, its events, and a way to wait for the n-th answer. */
function openCall(options: Partial<RecogniserOptions> = {}) {
  const events: RecogniserEvent[] = [];
  let wake = () => {};
  const stream = recogniser.open({
    sampleRate: 8000,
    vocabulary,
    onEvent: (event) => {
      events.push(event);
      wake();
    },
    ...options,
  });
  const answers = () => events.filter((event) => event.type === 'turn_end' || event.type === 'error');
  async function answer(index: number) {
    while (answers().length <= index) await new Promise<void>((resolve) => (wake = resolve));
    const event = answers()[index];
    if (event?.type !== 'turn_end') throw new Error(`Got ${JSON.stringify(event)} instead of a turn end.`);
    return event;
  }
  function say(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += 160) stream.audio(samples.slice(at, at + 160));
  }
  return { stream, events, answers, answer, say };
}

describe('the embedded recogniser', () => {
  it('hears a question, with growing partial results, word times and confidence', async () => {
    const call = openCall();
    const sound = await callerSays('How much is a full service?');
    call.say(sound);
    call.stream.forceEnd();
    const heard = await call.answer(0);
    expect(heard.text).toContain('full service');
    expect(heard.trigger).toBe('forced');
    expect(heard.confidence).toBeGreaterThan(recogniser.acceptAbove);
    expect(heard.words.map((word) => word.text)).toEqual(heard.text.split(' '));
    const times = heard.words.flatMap((word) => [word.fromMs, word.toMs]);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual((sound.length / 8000) * 1000);
    const partials = call.events.filter((event) => event.type === 'partial');
    expect(partials.length).toBeGreaterThan(2);
    expect(partials.map((partial) => partial.revision)).toEqual(partials.map((_, index) => index + 1));
    expect(new Set(partials.map((partial) => partial.text)).size).toBeGreaterThan(2);
    call.stream.close();
  });

  it.each(['rms', 'slt', 'awb', 'kal16'])('understands the voice %s', async (voice) => {
    const call = openCall();
    call.say(await callerSays('Do I need an appointment for a repair?', 8000, voice));
    call.stream.forceEnd();
    const heard = await call.answer(0);
    expect(heard.text).toContain('appointment');
    expect(heard.confidence).toBeGreaterThan(recogniser.acceptAbove);
    call.stream.close();
  });

  it('hears wide-band sound', async () => {
    const call = openCall({ sampleRate: 16000 });
    call.say(await callerSays('What is the price of a new inner tube?', 16000));
    call.stream.forceEnd();
    expect((await call.answer(0)).text).toContain('new inner tube');
    call.stream.close();
  });

  it('answers each end exactly once, in order, also when nothing was said', async () => {
    const call = openCall();
    call.stream.forceEnd();
    call.say(await callerSays('Can I pay with a credit card?'));
    call.stream.forceEnd();
    call.say(await callerSays('Thank you, goodbye.'));
    call.stream.forceEnd();
    const texts = [await call.answer(0), await call.answer(1), await call.answer(2)].map((event) => event.text);
    expect(texts[0]).toBe('');
    expect(texts[1]).toContain('credit card');
    expect(texts[2]).toContain('goodbye');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(call.answers().length).toBe(3);
    call.stream.close();
  });

  it('forgets what is cancelled', async () => {
    const call = openCall();
    call.say(await callerSays('Where is your shop?'));
    call.stream.cancel();
    call.say(await callerSays('Do you work on holidays?'));
    call.stream.forceEnd();
    expect((await call.answer(0)).text).toContain('holidays');
    expect(call.answers().length).toBe(1);
    call.stream.close();
  });

  it('says nothing after it was closed', async () => {
    const call = openCall();
    call.say(await callerSays('Where is your shop?'));
    call.stream.forceEnd();
    call.stream.close();
    const other = openCall();
    other.say(await callerSays('Where is your shop?'));
    other.stream.forceEnd();
    await other.answer(0);
    expect(call.answers()).toEqual([]);
    other.stream.close();
  });

  it('expects a yes, a no or digits when asked to, and still hears other things', async () => {
    const call = openCall();
    call.stream.configure('yes_no');
    call.say(await callerSays('No, thank you.', 8000, 'slt'));
    call.stream.forceEnd();
    expect((await call.answer(0)).text).toBe('no thank you');
    call.say(await callerSays('How much does it cost to rent a bicycle?'));
    call.stream.forceEnd();
    expect((await call.answer(1)).text).toContain('rent a bicycle');
    call.stream.configure('digits');
    call.say(await callerSays('2 0 5 5 5 0 1 4'));
    call.stream.forceEnd();
    expect((await call.answer(2)).text).toBe('two zero five five five zero one four');
    call.stream.close();
  });

  it('gives no accepted words for silence, noise, music and babble', async () => {
    const voices = await Promise.all(
      ['rms', 'slt', 'awb', 'kal16'].map((voice) =>
        callerSays('The old captain told us about storms and whales.', 8000, voice),
      ),
    );
    for (const clip of [{ name: 'silence', samples: new Int16Array(8000) }, ...noiseClips(voices)]) {
      const call = openCall();
      call.say(overTelephoneLine(clip.samples));
      call.stream.forceEnd();
      expect((await call.answer(0)).confidence, clip.name).toBeLessThan(recogniser.acceptAbove);
      call.stream.close();
    }
  });

  it('serves more callers at once than it has decoders', async () => {
    const sound = await callerSays('Can I pay with a credit card?');
    const calls = Array.from({ length: 11 }, () => openCall());
    for (const call of calls) {
      call.say(sound);
      call.stream.forceEnd();
    }
    for (const call of calls) {
      expect((await call.answer(0)).text).toContain('credit card');
      call.stream.close();
    }
  });

  it('hears names that are in no dictionary, with a vocabulary it was not prepared for', async () => {
    const call = openCall({
      vocabulary: { id: 'names', sentences: ['The Voltera kettle costs 45 dollars.', 'The Nimborex toaster is blue.'] },
    });
    call.say(await callerSays('How much is the Voltera kettle?'));
    call.stream.forceEnd();
    expect((await call.answer(0)).text).toContain('voltera kettle');
    call.stream.close();
  });
});

it('tells the callers of a process that dies, starts it again, and goes on', async () => {
  const { buildLanguage, buildModels } = await import('../src/pocketsphinx/language-builder.ts');
  const { mkdtemp, rm } = await import('node:fs/promises');
  const folder = await mkdtemp('/tmp/dialplane-test-');
  const host = new RecogniserHost({ models: await buildModels(folder) });
  try {
    await host.started;
    const language = await buildLanguage(folder, 'language', vocabulary);
    const start = { languageId: language.id, sampleRate: 8000, expect: 'open', mean: null } as const;
    const lost = new Promise<void>((resolve) => {
      host.start({ type: 'start', utterance: 1, start }, language, { report: () => {}, lost: resolve });
    });
    const before = host.pid;
    process.kill(before ?? 0, 'SIGSEGV');
    await lost;
    expect(host.load).toBe(0);
    const sound = await callerSays('Where is your shop?');
    const text = await new Promise<string>((resolve, reject) => {
      host.start({ type: 'start', utterance: 2, start }, language, {
        report: (report) => {
          if (report.type === 'final') resolve(report.text);
        },
        lost: () => reject(new Error('The new process died as well.')),
      });
      host.audio(2, sound);
      host.end(2);
    });
    expect(host.pid).not.toBe(before);
    expect(text).toContain('shop');
  } finally {
    await host.close();
    await rm(folder, { recursive: true });
  }
});
