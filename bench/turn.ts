/** Ear to ear of the product without any key, over real SIP and RTP, and where that time goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryItem } from '@dialplane/client';
import { type CallReport, placeCall } from '@dialplane/simulator';
import { createFliteSynthesiser, type Synthesiser } from '@dialplane/speech';
import { newCallerNumber } from '../tests/caller-number.ts';
import { sessionHistory } from '../tests/history.ts';
import { processTreeUse } from '../tests/process-tree.ts';
import { type Product, startProduct } from '../tests/product.ts';
import { machine } from './machine.ts';
import { percentile } from './percentile.ts';
import { questions } from './questions.ts';

const DEFAULT_CALLS = 20;
const TURNS_PER_CALL = 3;
/** Callers at once in the second part. */
const PARALLEL_CALLS = 4;
const CALLER_VOICE = 'rms';
const CALL_TIMEOUT_MS = 90_000;
/** What is asked of the product on a machine with two cores. */
const TARGET_MS = 700;
/** The last events of a call are stored a little after it. */
const WRITTEN_AFTER_MS = 1000;
/** After the start the product still makes prompts and language models ahead. */
const SETTLED_AFTER_MS = 10_000;
const IDLE_MS = 5000;

/** The stages of an answer, in their order, as the product records them with what the agent said. */
const stages = [
  ['endpointing_ms', 'Last caller speech to the decision that the turn is over'],
  ['recogniser_ms', 'Decision to final words'],
  ['model_ms', 'Final words to first text of the answer'],
  ['synthesis_ms', 'First text to first sound'],
  ['pacing_ms', 'First sound to first speech frame on the wire'],
  ['ear_to_ear_ms', 'The whole, as the product sees it'],
] as const;

interface Round {
  readonly name: string;
  readonly reports: readonly CallReport[];
  readonly items: readonly HistoryItem[];
  /** Of the product and all its processes, over the calls. */
  readonly cpuMs: number;
  /** Time from answer to end, summed over the calls. */
  readonly callMs: number;
  readonly residentBytes: number;
}

/** `options`: `--calls 20`. Resolves with Markdown. */
export async function turnBenchmark(options: readonly string[]): Promise<string> {
  const calls = Number(options[options.indexOf('--calls') + 1] ?? DEFAULT_CALLS) || DEFAULT_CALLS;
  const [product, synthesiser] = await Promise.all([
    startProduct({ environment: { LOG_LEVEL: 'warn' } }),
    createFliteSynthesiser(),
  ]);
  try {
    await sleep(SETTLED_AFTER_MS);
    const idleFrom = processTreeUse(product.pid);
    await sleep(IDLE_MS);
    const idleTo = processTreeUse(product.pid);
    const rounds = [
      await round('one call at a time', calls, 1, product, synthesiser),
      await round(`${PARALLEL_CALLS} calls at a time`, calls, PARALLEL_CALLS, product, synthesiser),
    ];
    return markdown(rounds, product, {
      idleShare: (idleTo.cpuMs - idleFrom.cpuMs) / IDLE_MS,
      idleBytes: idleTo.residentBytes,
      command: ['npm run bench -- turn', ...options].join(' '),
    });
  } finally {
    await synthesiser.close();
    await product.stop();
  }
}

async function round(
  name: string,
  calls: number,
  parallel: number,
  product: Product,
  synthesiser: Synthesiser,
): Promise<Round> {
  const reports: CallReport[] = [];
  let next = 0;
  let callMs = 0;
  const caller = async () => {
    while (next < calls) {
      const call = next++;
      let answeredMs = performance.now();
      const answered = () => {
        answeredMs = performance.now();
      };
      reports.push(await placeBenchCall(product, synthesiser, call, answered));
      callMs += performance.now() - answeredMs;
    }
  };
  const before = processTreeUse(product.pid);
  await Promise.all(Array.from({ length: parallel }, caller));
  const after = processTreeUse(product.pid);
  await sleep(WRITTEN_AFTER_MS);
  const items: HistoryItem[] = [];
  for (const { sessionId } of reports) {
    if (sessionId) items.push(...(await sessionHistory(product, sessionId)));
  }
  return { name, reports, items, cpuMs: after.cpuMs - before.cpuMs, callMs, residentBytes: after.residentBytes };
}

function placeBenchCall(
  { demo }: Product,
  synthesiser: Synthesiser,
  call: number,
  answered: () => void,
): Promise<CallReport> {
  const [host = '127.0.0.1', port] = demo.sip.split(':');
  const lines = Array.from({ length: TURNS_PER_CALL }, (_, turn) => ({
    say: questions[(call * TURNS_PER_CALL + turn) % questions.length] ?? '',
  }));
  return placeCall({
    server: { host, port: Number(port) },
    transport: 'udp',
    to: demo.number,
    from: newCallerNumber(),
    credentials: { username: demo.username, password: demo.password },
    lines,
    synthesiser,
    voice: CALLER_VOICE,
    timeoutMs: CALL_TIMEOUT_MS,
    onEvent: ({ type }) => {
      if (type === 'answered') answered();
    },
  });
}

interface Surroundings {
  readonly idleShare: number;
  readonly idleBytes: number;
  readonly command: string;
}

function markdown(rounds: readonly Round[], product: Product, { idleShare, idleBytes, command }: Surroundings): string {
  const earToEar = rounds.map(latencies);
  const met = percentile(earToEar[0] ?? [], 0.5) <= TARGET_MS ? 'met' : 'MISSED';
  return [
    '## Ear to ear without any key',
    '',
    `Machine: ${machine()}. The callers run on the same machine. Command: \`${command}\`.`,
    '',
    row(['', ...rounds.flatMap(({ name }) => [`${name}: p50`, 'p90', 'p99'])]),
    row(['---', ...rounds.flatMap(() => ['---:', '---:', '---:'])]),
    row([`**Ear to ear, measured on RTP by the caller** (ms)`, ...earToEar.flatMap(threeFigures)]),
    ...stages.map(([key, title]) =>
      row([`${title} (ms)`, ...rounds.flatMap((one) => threeFigures(timings(one, key)))]),
    ),
    row(['INVITE sent to 180 (ms)', ...rounds.flatMap((one) => threeFigures(setUp(one, 'inviteToRingingMs')))]),
    row(['INVITE sent to 200 (ms)', ...rounds.flatMap((one) => threeFigures(setUp(one, 'inviteToAnswerMs')))]),
    row([
      '200 to first sound of the greeting (ms)',
      ...rounds.flatMap((one) => threeFigures(setUp(one, 'answerToFirstSpeechMs'))),
    ]),
    '',
    row(['', ...rounds.map(({ name }) => name)]),
    row(['---', ...rounds.map(() => '---:')]),
    row(['Calls, turns, turns with a reply', ...rounds.map(counts)]),
    row([
      'CPU per active call (share of one core)',
      ...rounds.map(({ cpuMs, callMs }) => `${((100 * cpuMs) / callMs).toFixed(1)} %`),
    ]),
    row(['Resident memory of all processes (MB)', ...rounds.map(({ residentBytes }) => megabytes(residentBytes))]),
    '',
    `Idle: ${(100 * idleShare).toFixed(1)} % of one core, ${megabytes(idleBytes)} MB in ${processTreeUse(product.pid).processes} processes; ready after ${Math.round(product.readyAfterMs)} ms.`,
    `Target: p50 of one call at a time at most ${TARGET_MS} ms: ${met}.`,
  ].join('\n');
}

function latencies({ reports }: Round): number[] {
  return reports.flatMap(({ turns }) => turns.flatMap(({ latencyMs }) => latencyMs ?? []));
}

/** One stage of all answers. */
function timings({ items }: Round, key: (typeof stages)[number][0]): number[] {
  return items.flatMap(({ event: { context } }) => {
    const timing = context.timing;
    const value = typeof timing === 'object' && timing !== null ? Reflect.get(timing, key) : null;
    return typeof value === 'number' ? value : [];
  });
}

function setUp({ reports }: Round, key: keyof CallReport['setup']): number[] {
  return reports.flatMap(({ setup }) => setup[key] ?? []);
}

function counts({ reports }: Round): string {
  const turns = reports.flatMap((report) => report.turns);
  return `${reports.length}, ${turns.length}, ${turns.filter(({ replied }) => replied).length}`;
}

function threeFigures(values: readonly number[]): string[] {
  return [0.5, 0.9, 0.99].map((share) => (values.length === 0 ? '-' : percentile(values, share).toFixed(0)));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
