/** Whether the product grows: rounds of calls, and what it holds after each. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree, processTreeUse } from '../tests/process-tree.ts';
import { startProduct } from '../tests/product.ts';
import { machine } from './machine.ts';
import { runLoad } from './sip/load.ts';

const ROUNDS = 8;
const CALLS = 300;
const CALLS_PER_SECOND = 30;
/** The last transactions are over (RFC 3261, timer J), and so is what they kept. */
const DRAINED_AFTER_MS = 35_000;
/** A collection of a heap of this size takes a fifth of it. */
const REPORTED_AFTER_MS = 500;
/** Growth of one round that is noise: pages the allocators keep, code the compiler makes. */
const FLAT_MB = 3;

/** `options`: `--rounds 8`, `--calls 300`. Resolves with Markdown. */
export async function soakBenchmark(options: readonly string[]): Promise<string> {
  const rounds = numberAfter(options, '--rounds', ROUNDS);
  const calls = numberAfter(options, '--calls', CALLS);
  const reports = mkdtempSync(join(tmpdir(), 'dialplane-soak-'));
  const product = await startProduct({
    environment: {
      OFFLINE_STT: 'off',
      LOG_LEVEL: 'warn',
      HEAP_REPORT_DIR: reports,
      NODE_OPTIONS: `--import=${new URL('./soak/heap-report.ts', import.meta.url)}`,
    },
  });
  const { sip: target, number, username, password } = product.demo;
  const lines = [
    '## Soak',
    '',
    `Machine: ${machine()}. Command: \`${['npm run bench -- soak', ...options].join(' ')}\`.`,
    `Rounds of ${calls} calls, ${CALLS_PER_SECOND} a second; read ${DRAINED_AFTER_MS / 1000} s after each, when its transactions are over.`,
    '',
    row([
      'round',
      'failed',
      'heap and buffers of the main thread (MB)',
      'resident, all processes (MB)',
      'grown by (MB)',
    ]),
    row(['---:', '---:', '---:', '---:', '---:']),
  ];
  try {
    let before = processTreeUse(product.pid).residentBytes;
    let flat = false;
    lines.push(row(['start', '', megabytes(await heapBytes(product.pid, reports)), megabytes(before), '']));
    for (let round = 1; round <= rounds; round++) {
      const { failed } = await runLoad({ target, number, username, password, calls, callsPerSecond: CALLS_PER_SECOND });
      await sleep(DRAINED_AFTER_MS);
      const now = processTreeUse(product.pid).residentBytes;
      flat = (now - before) / 1e6 <= FLAT_MB;
      lines.push(
        row([round, failed, megabytes(await heapBytes(product.pid, reports)), megabytes(now), megabytes(now - before)]),
      );
      before = now;
    }
    lines.push('', `The last round grew by at most ${FLAT_MB} MB: ${flat ? 'yes' : 'NO'}.`);
    lines.push(`Threads: ${threadsOf(product.pid)}.`);
    return lines.join('\n');
  } finally {
    await product.stop();
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Of the main thread of the process that serves, after a collection: the largest of all that report. */
async function heapBytes(root: number, reports: string): Promise<number> {
  for (const pid of processTree(root)) process.kill(pid, 'SIGUSR2');
  await sleep(REPORTED_AFTER_MS);
  return Math.max(...readdirSync(reports).map((pid) => Number(readFileSync(join(reports, pid), 'utf8'))));
}

/** A thread too many after every round would show here. */
function threadsOf(root: number): number {
  return processTree(root)
    .map((pid) => /^Threads:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0')
    .reduce((total, threads) => total + Number(threads), 0);
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
