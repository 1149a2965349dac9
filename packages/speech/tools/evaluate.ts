/**
 * Measures the embedded recogniser on the development set (harbour-cycles.ts): 40 questions in four voices over a telephone
 * line, off-topic questions, and twelve noises. Each question is decoded twice: as the first utterance of a call, and with
 * the cepstral mean the call would have by then.
 *
 *   node packages/speech/tools/evaluate.ts [--voices rms,slt] [--show] [--json file]
 *
 * Prints, per voice: word error rate, content words found, content words invented, questions whose article is still found
 * by ranking on the heard words (BM25, an upper bound is the same on the true words), accepted among found and not found.
 * Then CPU per second of speech, time from the end of the audio to the words, and what the noises gave.
 * The figures are for comparing settings on synthetic voices; they say nothing about people.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFliteSynthesiser } from '@dialplane/speech';
import { clauseWords } from '../src/pocketsphinx/agent-language.ts';
import { createDecoder, type Decoder, decoderOptions } from '../src/pocketsphinx/decoder.ts';
import { pocketSphinxFiles } from '../src/pocketsphinx/find-pocketsphinx.ts';
import { ACCEPT_ABOVE } from '../src/pocketsphinx/hypothesis.ts';
import { buildLanguage, buildModels } from '../src/pocketsphinx/language-builder.ts';
import { loadPocketSphinx } from '../src/pocketsphinx/library.ts';
import { functionWords } from '../src/pocketsphinx/phone-language.ts';
import type { Recognition } from '../src/pocketsphinx/recogniser-job.ts';
import { articles, instructions, offTopic, questions } from './harbour-cycles.ts';
import { noiseClips } from './noise-clips.ts';
import { overTelephoneLine } from './telephone-line.ts';

const RATE = 8000;
/** What the voice activity detector leaves around the words. */
const LEAD_MS = 200;
const TAIL_MS = 400;
const CHUNK_MS = 100;

interface Heard extends Recognition {
  readonly cpuMs: number;
  readonly endMs: number;
  readonly soundMs: number;
}

const { values: flags } = parseArgs({
  options: {
    voices: { type: 'string', default: 'rms,slt,awb,kal16' },
    show: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const voices = flags.voices.split(',');

const folder = await mkdtemp(join(tmpdir(), 'dialplane-evaluate-'));
const decoder = await openDecoder(folder);
const flite = await createFliteSynthesiser();
const records: Record<string, unknown>[] = [];
const found: Heard[] = [];

const documents = articles.map((article) => bagOf(clauseWords(`${article.title}. ${article.body}`).flat()));
const meanLength = documents.reduce((sum, bag) => sum + sizeOf(bag), 0) / documents.length;

for (const mode of ['first utterance', 'later utterance'] as const) {
  for (const voice of voices) {
    const score = {
      errors: 0,
      words: 0,
      content: 0,
      recalled: 0,
      invented: 0,
      right: 0,
      rightKept: 0,
      wrong: 0,
      wrongKept: 0,
    };
    let mean: readonly number[] | null = null;
    for (const { text } of questions) {
      const heard = hear(overLine(await say(text, voice)), mode === 'first utterance' ? null : mean);
      mean = heard.mean;
      found.push(heard);
      const want = text.split(' ');
      const got = heard.text.split(' ').filter((word) => word !== '');
      const errors = editDistance(want, got);
      const wantContent = want.filter((word) => !functionWords.has(word));
      const gotContent = got.filter((word) => !functionWords.has(word));
      const right = bestArticle(want) === bestArticle(got);
      const kept = heard.confidence > ACCEPT_ABOVE;
      score.errors += errors;
      score.words += want.length;
      score.content += wantContent.length;
      score.recalled += wantContent.filter((word) => gotContent.includes(word)).length;
      score.invented += gotContent.filter((word) => !wantContent.includes(word)).length;
      score.right += Number(right);
      score.rightKept += Number(right && kept);
      score.wrong += Number(!right);
      score.wrongKept += Number(!right && kept);
      records.push({ kind: 'question', mode, voice, want: text, right, errors, length: want.length, ...heard });
      if (flags.show && errors > 0)
        console.log(`${voice} ${heard.confidence.toFixed(2)} ${right ? ' ' : 'X'} ${text} | ${heard.text}`);
    }
    const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
    console.log(
      `${mode}, ${voice}: WER ${percent(score.errors, score.words)}, content words found ${percent(score.recalled, score.content)}`,
      `invented ${percent(score.invented, score.content)}, article found ${score.right}/${questions.length}`,
      `(accepted ${score.rightKept}), not found accepted ${score.wrongKept}/${score.wrong}`,
    );
  }
}

const babble: Int16Array[] = [];
let offTopicAccepted = 0;
for (const voice of voices) {
  for (const text of offTopic) {
    const sound = await say(text, voice);
    babble.push(sound);
    const heard = hear(overLine(sound), null);
    offTopicAccepted += Number(heard.confidence > ACCEPT_ABOVE);
    records.push({ kind: 'off topic', voice, want: text, ...heard });
    if (flags.show) console.log(`off topic, ${voice} ${heard.confidence.toFixed(2)} ${text} | ${heard.text}`);
  }
}
console.log(
  `off topic accepted (heard well enough to be refused): ${offTopicAccepted}/${offTopic.length * voices.length}`,
);

for (const { name, samples } of noiseClips(babble)) {
  const heard = hear(overTelephoneLine(samples), null);
  records.push({ kind: 'noise', voice: name, ...heard });
  console.log(
    `noise, ${name}: ${heard.confidence > ACCEPT_ABOVE ? 'ACCEPTED' : 'rejected'} ${heard.confidence.toFixed(2)}`,
    `CPU ${Math.round(heard.cpuMs)} ms "${heard.text}"`,
  );
}

const cpu = found.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / found.reduce((sum, { soundMs }) => sum + soundMs, 0);
const ends = found.map(({ endMs }) => endMs).sort((a, b) => a - b);
const percentile = (share: number) => (ends[Math.floor(ends.length * share)] ?? 0).toFixed(1);
console.log(
  `CPU ${Math.round(cpu * 1000)} ms per second; words after the end: p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms`,
);
console.log(`memory ${Math.round(process.memoryUsage().rss / 1e6)} MB (with voices and evaluation)`);
if (flags.json !== undefined) await writeFile(flags.json, JSON.stringify(records));

decoder.free();
await flite.close();
await rm(folder, { recursive: true });

async function openDecoder(modelFolder: string): Promise<Decoder> {
  const models = await buildModels(modelFolder);
  const sentences = [...articles.flatMap(({ title, body }) => [title, body]), instructions];
  const files = await buildLanguage(modelFolder, 'language', { id: 'harbour-cycles', sentences });
  const library = loadPocketSphinx(pocketSphinxFiles);
  const options = library.parseOptions(decoderOptions(models, files.dictionary, RATE));
  const logMath = library.logMath(library.createDecoder(options));
  const read = (path: string) => library.readLanguageModel(options, path, logMath);
  const shared = {
    ...{ options, logMath, generic: read(pocketSphinxFiles.languageModel) },
    ...{ yesNo: read(models.yesNo), digits: read(models.digits) },
  };
  return createDecoder(library, models, shared, { files, model: read(files.model) }, RATE);
}

async function say(text: string, voice: string): Promise<Int16Array> {
  const parts: number[] = [];
  const asked = /^(?:what|when|where|which|how|are|can|could|do|does|is|will|would|who)\b/.test(text);
  const request = { text: `${text}${asked ? '?' : '.'}`, voice, sampleRate: RATE } as const;
  for await (const chunk of flite.synthesise(request, new AbortController().signal)) parts.push(...chunk.samples);
  return Int16Array.from(parts);
}

function overLine(sound: Int16Array): Int16Array {
  const padded = new Int16Array(sound.length + ((LEAD_MS + TAIL_MS) * RATE) / 1000);
  padded.set(sound, (LEAD_MS * RATE) / 1000);
  return overTelephoneLine(padded);
}

function hear(sound: Int16Array, mean: readonly number[] | null): Heard {
  const cpuBefore = process.cpuUsage();
  decoder.start({ expect: 'open', mean });
  const chunk = (CHUNK_MS * RATE) / 1000;
  for (let from = 0; from < sound.length; from += chunk) {
    decoder.process(sound.subarray(from, from + chunk));
    decoder.partial();
  }
  const ended = performance.now();
  const recognition = decoder.end();
  const endMs = performance.now() - ended;
  const used = process.cpuUsage(cpuBefore);
  return { ...recognition, endMs, cpuMs: (used.user + used.system) / 1000, soundMs: (sound.length / RATE) * 1000 };
}

function editDistance(want: readonly string[], got: readonly string[]): number {
  let row = Array.from({ length: got.length + 1 }, (_, index) => index);
  for (const [index, word] of want.entries()) {
    const next = [index + 1];
    for (const [column, other] of got.entries())
      next.push(
        Math.min((row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1, (row[column] ?? 0) + (word === other ? 0 : 1)),
      );
    row = next;
  }
  return row[got.length] ?? 0;
}

/** Which article a simple ranking finds; words of the same meaning are made one, as an answerer would. */
function bestArticle(words: readonly string[]): number | null {
  let best: number | null = null;
  let bestScore = 0;
  const asked = bagOf(words);
  for (const [index, bag] of documents.entries()) {
    let score = 0;
    for (const word of asked.keys()) {
      const count = bag.get(word) ?? 0;
      const holders = documents.filter((other) => other.has(word)).length;
      const rarity = Math.log(1 + (documents.length - holders + 0.5) / (holders + 0.5));
      score += (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * sizeOf(bag)) / meanLength));
    }
    if (score > bestScore) {
      bestScore = score;
      best = index;
    }
  }
  return best;
}

function bagOf(words: readonly string[]): Map<string, number> {
  const same: Readonly<Record<string, string>> = {
    bike: 'bicycle',
    bikes: 'bicycle',
    hire: 'rent',
    fix: 'repair',
    mend: 'repair',
  };
  const bag = new Map<string, number>();
  for (const word of words) {
    if (functionWords.has(word)) continue;
    const stem = (same[word] ?? word).replace(/(?:ies|ing|ed|es|s|y|e|er|al)$/, '');
    bag.set(stem, (bag.get(stem) ?? 0) + 1);
  }
  return bag;
}

function sizeOf(bag: ReadonlyMap<string, number>): number {
  return [...bag.values()].reduce((sum, count) => sum + count, 0);
}
