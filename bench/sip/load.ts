/** Authenticated calls from sipp, on the core that the answering side does not have. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPeer } from '../../tests/peer-program.ts';

export interface LoadOptions {
  readonly target: string;
  readonly number?: string;
  readonly username: string;
  readonly password: string;
  readonly calls: number;
  readonly callsPerSecond: number;
}

export interface LoadResult {
  readonly successful: number;
  readonly failed: number;
  readonly retransmissions: number;
  /** INVITE with credentials to 200, of every call. */
  readonly answerMs: readonly number[];
}

/** A call that waits longer for a message has failed; after a 100 nobody would send it again. */
const ANSWER_WITHIN_MS = 10_000;
/** A call waits for four messages. */
const TAIL_MS = 4 * ANSWER_WITHIN_MS + 5000;
/** Twice what is open at the highest rate when nothing hangs. */
const OPEN_CALLS = 2000;

export async function runLoad({ target, number = 'bench', ...options }: LoadOptions): Promise<LoadResult> {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-load-'));
  const dialMs = (options.calls / options.callsPerSecond) * 1000;
  try {
    const port = 10_000 + randomInt(5000) * 2;
    await runPeer(
      '/usr/bin/taskset',
      [
        ...['-c', '1', '/usr/bin/sipp', target, '-sf', fileURLToPath(new URL('call.xml', import.meta.url))],
        ...['-s', number, '-au', options.username, '-ap', options.password],
        ...['-t', 'u1', '-i', '127.0.0.1', '-p', String(port), '-mi', '127.0.0.1'],
        ...['-m', String(options.calls), '-r', String(options.callsPerSecond), '-l', String(OPEN_CALLS)],
        ...['-trace_stat', '-stf', 'statistics.csv', '-fd', '1', '-trace_rtt', '-rtt_freq', '1', '-nostdin'],
        ...['-recv_timeout', String(ANSWER_WITHIN_MS)],
      ],
      { directory, withinMs: dialMs + TAIL_MS },
    );
    const total = lastRow(readFileSync(join(directory, 'statistics.csv'), 'utf8'));
    const times = readdirSync(directory).find((name) => name.endsWith('_rtt.csv'));
    const successful = total['SuccessfulCall(C)'] ?? 0;
    return {
      successful,
      failed: options.calls - successful,
      retransmissions: total['Retransmissions(C)'] ?? Number.NaN,
      answerMs: times === undefined ? [] : secondColumn(readFileSync(join(directory, times), 'utf8')),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The last line of a sipp table by column name; the counters are cumulative. */
function lastRow(text: string): Record<string, number> {
  const [heads = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(';'));
  const last = rows.at(-1) ?? [];
  return Object.fromEntries(heads.map((head, at) => [head, Number(last[at])]));
}

function secondColumn(text: string): number[] {
  const [, ...rows] = text.trim().split('\n');
  return rows.map((row) => Number(row.split(';')[1]));
}
