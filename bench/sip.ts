/** What signalling costs: packages/sip alone, the npm package `sip` beside it, and the whole product, under sipp. */
import { setTimeout as sleep } from 'node:timers/promises';
import { processTreeUse } from '../tests/process-tree.ts';
import { startProduct } from '../tests/product.ts';
import { machine } from './machine.ts';
import { percentile } from './percentile.ts';
import { type Answerer, startAnswerer } from './sip/answerer-process.ts';
import { credentials } from './sip/credentials.ts';
import { type LoadResult, runLoad } from './sip/load.ts';
import { installReference } from './sip/reference.ts';
import { makeWarmCalls } from './sip/warm-calls.ts';
import { worstParse } from './sip/worst-parse.ts';

const RATES = [200, 400] as const;
const ROUNDS = 5;
const CALLS = 2000;
const BUDGET_MS = 0.45;
/** Several seconds of work, and as many before as the compiler takes to be done. */
const WARM_CALLS = 20_000;
const WARM_UP_CALLS = 5_000;
/** The product answers with media and writes everything down: its rate is that of a busy trunk. */
const PRODUCT_RATE = 20;
const PRODUCT_CALLS = 400;
const LONG_CALLS = 100_000;
const LONG_STEPS = 5;
/** The last transactions are over (RFC 3261, timer J), and so is what they kept. */
const DRAINED_AFTER_MS = 35_000;

interface Round extends LoadResult {
  readonly cpuMsPerCall: number;
}

/** `options`: `--calls 2000`, `--rounds 5`, `--long` for 100,000 calls more, or `--long 20000`. Resolves with Markdown. */
export async function sipBenchmark(options: readonly string[]): Promise<string> {
  const calls = numberAfter(options, '--calls', CALLS);
  const rounds = numberAfter(options, '--rounds', ROUNDS);
  const command = ['npm run bench -- sip', ...options].join(' ');
  const lines = [
    '## SIP signalling',
    '',
    `Machine: ${machine()}. The answering process has one core, sipp the other. Command: \`${command}\`.`,
    `An authenticated call has 10 messages; figures are medians of ${rounds} rounds of ${calls} calls, after one to warm up.`,
    '',
    row(['', 'calls/s', 'CPU per call (ms)', 'INVITE to 200, p50', 'p99 (ms)', 'failed', 'retransmitted']),
    row(['---', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...(await measured('packages/sip', './dialplane-answerer.ts', [], rounds, calls)),
    ...(await referenceLines(rounds, calls)),
    await productLine().catch((error: unknown) =>
      row([`the whole server did not start: ${String(error).split('\n', 1)[0]}`, '', '', '', '', '', '']),
    ),
    '',
    `Budget: ${BUDGET_MS} ms of CPU per call of packages/sip.`,
    await warmLine(),
    parseLine(),
  ];
  if (options.includes('--long')) lines.push(...(await longRun(numberAfter(options, '--long', LONG_CALLS))));
  return lines.join('\n');
}

async function measured(
  name: string,
  file: string,
  more: readonly string[],
  rounds: number,
  calls: number,
): Promise<string[]> {
  const answerer = await startAnswerer(file, ...more);
  try {
    await round(answerer, calls, RATES[0]);
    const lines: string[] = [];
    for (const rate of RATES) {
      const done: Round[] = [];
      for (let i = 0; i < rounds; i++) done.push(await round(answerer, calls, rate));
      lines.push(lineOf(name, rate, done));
    }
    return lines;
  } finally {
    await answerer.stop();
  }
}

/** Without the waits between calls, in which a core goes cold and the host gives it to others: what the code itself costs. */
async function warmLine(): Promise<string> {
  const answerer = await startAnswerer('./dialplane-answerer.ts');
  try {
    await makeWarmCalls(answerer.port, WARM_UP_CALLS);
    const before = await answerer.use();
    await makeWarmCalls(answerer.port, WARM_CALLS);
    const after = await answerer.use();
    const cpuMs = (after.cpuMs - before.cpuMs) / WARM_CALLS;
    return `Back to back, ${WARM_CALLS} calls: ${cpuMs.toFixed(3)} ms of CPU per call of packages/sip.`;
  } finally {
    await answerer.stop();
  }
}

async function referenceLines(rounds: number, calls: number): Promise<string[]> {
  const reference = installReference();
  if (!reference) return ['| npm `sip` 0.0.6 | not installed: no registry | | | | | |'];
  try {
    return await measured('npm `sip` 0.0.6', './reference-answerer.ts', [reference.folder], rounds, calls);
  } finally {
    reference.remove();
  }
}

async function round(answerer: Answerer, calls: number, callsPerSecond: number): Promise<Round> {
  const before = await answerer.use();
  const result = await runLoad({ target: `127.0.0.1:${answerer.port}`, ...credentials, calls, callsPerSecond });
  const after = await answerer.use();
  return { ...result, cpuMsPerCall: (after.cpuMs - before.cpuMs) / calls };
}

/** The same ten messages with everything behind them: routing, record, media port, prompts. */
async function productLine(): Promise<string> {
  const product = await startProduct({ environment: { OFFLINE_STT: 'off', LOG_LEVEL: 'warn' } });
  const { sip: target, number, username, password } = product.demo;
  try {
    const load = () =>
      runLoad({ target, number, username, password, calls: PRODUCT_CALLS, callsPerSecond: PRODUCT_RATE });
    await load();
    const before = processTreeUse(product.pid);
    const result = await load();
    const after = processTreeUse(product.pid);
    return lineOf('the whole server', PRODUCT_RATE, [
      { ...result, cpuMsPerCall: (after.cpuMs - before.cpuMs) / PRODUCT_CALLS },
    ]);
  } finally {
    await product.stop();
  }
}

/** Whether the heap is flat: in steps, each read when its transactions are over. */
async function longRun(total: number): Promise<string[]> {
  const answerer = await startAnswerer('./dialplane-answerer.ts');
  const lines = [
    '',
    row(['calls so far', 'failed', 'heap (MB)', 'resident (MB)']),
    row(['---:', '---:', '---:', '---:']),
  ];
  try {
    for (let step = 1; step <= LONG_STEPS; step++) {
      const calls = Math.ceil(total / LONG_STEPS);
      const { failed } = await round(answerer, calls, RATES[1]);
      await sleep(DRAINED_AFTER_MS);
      const { heapBytes, residentBytes } = await answerer.use();
      lines.push(row([calls * step, failed, megabytes(heapBytes), megabytes(residentBytes)]));
    }
    return lines;
  } finally {
    await answerer.stop();
  }
}

function parseLine(): string {
  const { name, p50Ms, p99Ms } = worstParse();
  return `Worst message of 8 kB to parse: ${name}, p50 ${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms (budget 1 ms).`;
}

function lineOf(name: string, rate: number, rounds: readonly Round[]): string {
  const median = (read: (one: Round) => number) => percentile(rounds.map(read), 0.5);
  const sum = (read: (one: Round) => number) => rounds.reduce((total, one) => total + read(one), 0);
  return row([
    name,
    rate,
    median(({ cpuMsPerCall }) => cpuMsPerCall).toFixed(2),
    median(({ answerMs }) => percentile(answerMs, 0.5)).toFixed(0),
    median(({ answerMs }) => percentile(answerMs, 0.99)).toFixed(0),
    sum(({ failed }) => failed),
    sum(({ retransmissions }) => retransmissions),
  ]);
}

function numberAfter(options: readonly string[], name: string, otherwise: number): number {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : Number(options[at + 1]) || otherwise;
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
