/** Noise suppression and the echo guard: what they do to a caller's sound, and what they cost. */
import {
  activeLevelDbfs,
  GuardedDetector,
  loadNoiseSuppression,
  loadResampler,
  loadSilero,
  type NoiseSuppression,
  rmsDbfs,
  SpeechDetector,
} from '@dialplane/audio';
import { createFliteSynthesiser } from '@dialplane/speech';
import { pinkNoise, whiteNoise } from './hearing/noise.ts';
import { machine } from './machine.ts';
import { questions } from './questions.ts';

const RATE = 8000;
const PAUSE_MS = 4000;
const SENTENCES = 6;
const SNRS_DB = [5, 10, 15];
/** Loud noise takes the network some seconds to know. */
const SETTLED_MS = 3000;

/** Resolves with Markdown. */
export async function hearingBenchmark(): Promise<string> {
  const speech = await spokenLine();
  const suppression = await loadNoiseSuppression();
  const rows = SNRS_DB.flatMap((snrDb) =>
    (['white', 'pink'] as const).map((colour) => {
      const level = activeLevelDbfs(speech, RATE) - snrDb;
      const noise = colour === 'white' ? whiteNoise(speech.length, level) : pinkNoise(speech.length, level);
      const noisy = speech.map((sample, i) => sample + (noise[i] ?? 0));
      const { out, cpuMsPerSecond } = suppressed(noisy, 8000, suppression);
      const [from, to] = [(SETTLED_MS * RATE) / 1000, (PAUSE_MS * RATE) / 1000];
      const gainDb = rmsDbfs(noisy, from, to) - rmsDbfs(out, from, to);
      const voiceDb = activeLevelDbfs(out, RATE) - activeLevelDbfs(speech, RATE);
      return `| ${colour}, ${snrDb} dB | ${gainDb.toFixed(1)} | ${voiceDb.toFixed(1)} | ${cpuMsPerSecond.toFixed(1)} |`;
    }),
  );
  const wide = (await loadResampler()).create(RATE, 16_000).process(speech);
  const wideCpu = suppressed(wide, 16_000, suppression).cpuMsPerSecond;
  const delays = ([8000, 16_000] as const).map((rate) => {
    const suppressor = suppression.create(rate);
    const { delayMs } = suppressor;
    suppressor.close();
    return delayMs;
  });
  return [
    '## Noise suppression and echo guard',
    '',
    `Machine: ${machine()}. Command: \`npm run bench -- hearing\`.`,
    '',
    '| Noise under the voice | Less noise in pauses (dB) | Change of the voice (dB) | CPU (ms per second of a call) |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    `At 16 kHz: ${wideCpu.toFixed(1)} ms per second. Delay: ${delays[0]} ms at 8 kHz, ${delays[1]} ms at 16 kHz.`,
    '',
    ...(await guardFigures(speech)),
  ].join('\n');
}

async function guardFigures(speech: Int16Array): Promise<string[]> {
  const silero = await loadSilero();
  const silent = new Int16Array(speech.length);
  // 120 ms later, 10 dB down.
  const echo = speech.map((_, i) => 0.316 * (speech[i - 960] ?? 0));
  const plain = cpuOf(speech.length, (_, inner, from) => inner.hear(speech.subarray(from, from + 160)));
  const figures = (
    [
      ['nobody but the caller speaks', speech, silent],
      ['the agent hears its own echo', echo, speech],
      ['both speak, without an echo', speech.toReversed(), speech],
    ] as const
  ).map(([what, heard, sent]) => {
    const cpu = cpuOf(speech.length, (guarded, _, from) => {
      guarded.hear(heard.subarray(from, from + 160));
      guarded.sent(sent.subarray(from, from + 160));
    });
    return `| ${what} | ${Math.max(0, cpu - plain).toFixed(1)} |`;
  });
  return ['| Echo guard, beside the speech detector | CPU (ms per second of a call) |', '| --- | ---: |', ...figures];

  function cpuOf(
    length: number,
    step: (guarded: GuardedDetector, inner: SpeechDetector, from: number) => void,
  ): number {
    const inner = new SpeechDetector(silero);
    const guarded = new GuardedDetector(inner);
    const before = process.cpuUsage();
    for (let from = 0; from + 160 <= length; from += 160) step(guarded, inner, from);
    const { user, system } = process.cpuUsage(before);
    inner.close();
    return (user + system) / 1000 / (length / RATE);
  }
}

function suppressed(samples: Int16Array, rate: 8000 | 16000, suppression: NoiseSuppression) {
  const suppressor = suppression.create(rate);
  const { frameSamples } = suppressor;
  const out = new Int16Array(samples.length);
  const before = process.cpuUsage();
  for (let from = 0; from + frameSamples <= samples.length; from += frameSamples)
    suppressor.process(samples.subarray(from, from + frameSamples), out.subarray(from, from + frameSamples));
  const { user, system } = process.cpuUsage(before);
  suppressor.close();
  return { out, cpuMsPerSecond: (user + system) / 1000 / (samples.length / rate) };
}

/** A pause, then sentences with a second between them. */
async function spokenLine(): Promise<Int16Array> {
  const synthesiser = await createFliteSynthesiser();
  const samples: number[] = new Array((PAUSE_MS * RATE) / 1000).fill(0);
  for (const text of questions.slice(0, SENTENCES)) {
    const request = { text, voice: 'rms', sampleRate: RATE } as const;
    for await (const chunk of synthesiser.synthesise(request, new AbortController().signal))
      for (const sample of chunk.samples) samples.push(sample);
    for (let i = 0; i < RATE; i++) samples.push(0);
  }
  await synthesiser.close();
  return Int16Array.from(samples);
}
