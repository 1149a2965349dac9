import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeG711, sine } from '@dialplane/audio';
import { runPeer } from './peer-program.ts';
import type { DemoTrunk } from './product.ts';

export interface SippOptions {
  readonly demo: DemoTrunk;
  /** Name of a scenario in fixtures/sipp, without `.xml`. */
  readonly scenario: string;
  readonly transport: 'udp' | 'tcp';
  readonly calls: number;
  readonly callsPerSecond: number;
}

export interface SippResult {
  readonly code: number | null;
  readonly successful: number;
  readonly failed: number;
  /** Requests that sipp sent again because no answer came in time. */
  readonly retransmissions: number;
  /** Columns of the message counts that are not zero and should be: received again, unexpected, timed out. */
  readonly oddities: Readonly<Record<string, number>>;
  /** The end of what it wrote to its error log, for failure messages. */
  readonly errors: string;
}

/** One TCP connection for all calls, or one UDP socket. */
const transportModes = { udp: 'u1', tcp: 't1' } as const;

/** Longest run beyond the dialling itself: the last call's talk and every retransmission timer sipp knows. */
const TAIL_MS = 45_000;

export async function runSipp(options: SippOptions): Promise<SippResult> {
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-sipp-'));
  try {
    writeFileSync(join(directory, 'talk.ulaw'), talk());
    const run = await runPeer('/usr/bin/sipp', sippArguments(options), {
      directory,
      withinMs: (options.calls / options.callsPerSecond) * 1000 + TAIL_MS,
    });
    const total = lastRow(readFileSync(join(directory, 'statistics.csv'), 'utf8'));
    // This name cannot be chosen: it holds the scenario and the process id.
    const countsFile = readdirSync(directory).find((name) => name.endsWith('_counts.csv')) ?? 'no counts';
    const counts = lastRow(readFileSync(join(directory, countsFile), 'utf8'));
    return {
      code: run.code,
      successful: total['SuccessfulCall(C)'] ?? Number.NaN,
      failed: total['FailedCall(C)'] ?? Number.NaN,
      retransmissions: total['Retransmissions(C)'] ?? Number.NaN,
      oddities: Object.fromEntries(
        Object.entries(counts).filter(([name, count]) => /Retrans|Unexp|Timeout|Lost/.test(name) && count !== 0),
      ),
      errors: readIfThere(join(directory, 'errors.log')).slice(-2000),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function sippArguments({ demo, scenario, transport, calls, callsPerSecond }: SippOptions): string[] {
  // Below the ports of the product's media and of the phone of the other tests.
  const port = 10_000 + randomInt(5000) * 2;
  return [
    demo.sip,
    ...['-sf', fileURLToPath(new URL(`fixtures/sipp/${scenario}.xml`, import.meta.url))],
    ...['-s', demo.number, '-au', demo.username, '-ap', demo.password],
    ...['-t', transportModes[transport], '-i', '127.0.0.1', '-p', String(port)],
    ...['-mi', '127.0.0.1', '-m', String(calls), '-r', String(callsPerSecond), '-l', String(calls)],
    ...['-trace_stat', '-stf', 'statistics.csv', '-fd', '1'],
    ...['-trace_counts', '-trace_err', '-error_file', 'errors.log'],
    ...['-nostdin', '-timeout', '60s', '-timeout_error'],
  ];
}

/** A second of a tone, loud enough to be sound and nothing like speech. */
function talk(): Uint8Array {
  const samples = sine({ frequencyHz: 440, durationMs: 1000, sampleRate: 8000, levelDbfs: -20 });
  const bytes = new Uint8Array(samples.length);
  encodeG711('mu', samples, 0, samples.length, bytes, 0);
  return bytes;
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

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
