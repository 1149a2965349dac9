import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPeer } from '../../peer-program.ts';
import { scenarioText } from './scenario-text.ts';

/** What sipp speaks over: one socket for all calls of a run. */
export interface Link {
  readonly transport: 'udp' | 'tcp';
  /** As in a URI. */
  readonly host: '127.0.0.1' | '[::1]';
}

export const links: readonly Link[] = [
  { transport: 'udp', host: '127.0.0.1' },
  { transport: 'tcp', host: '127.0.0.1' },
  { transport: 'udp', host: '[::1]' },
  { transport: 'tcp', host: '[::1]' },
];

export interface SippOptions {
  readonly scenario: string;
  readonly link: Link;
  /** Own port of SIP. */
  readonly port: number;
  /** `host:port` to call; without it sipp waits to be called. */
  readonly target?: string;
  readonly calls: number;
  readonly callsPerSecond?: number;
  /** What stands in the scenario for `{{key}}`; `{{transport}}` is known already. */
  readonly values?: Readonly<Record<string, string>>;
  /** User to call, credentials, and the like, as sipp takes them. */
  readonly arguments?: readonly string[];
  /** Files beside the scenario, such as sound. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

export interface SippResult {
  readonly code: number | null;
  readonly successful: number;
  readonly failed: number;
  /** Messages of no call that sipp knows, or of one that was over. */
  readonly strays: number;
  /** Messages that sipp sent again because no answer came in time. */
  readonly retransmissions: number;
  /** Columns of the message counts that are not zero and should be: received again, unexpected, timed out. */
  readonly oddities: Readonly<Record<string, number>>;
  /** The end of what it wrote to its error log, for failure messages. */
  readonly errors: string;
}

/** Longest run beyond the dialling itself: the last call's talk and every retransmission timer sipp knows. */
const TAIL_MS = 45_000;

/** @throws Error when sipp is not installed or does not come to an end. */
export async function runSipp(options: SippOptions): Promise<SippResult> {
  const { scenario, values, files = {}, calls, callsPerSecond = calls } = options;
  const directory = mkdtempSync(join(tmpdir(), 'dialplane-sipp-'));
  try {
    writeFileSync(
      join(directory, 'scenario.xml'),
      scenarioText(scenario, { ...values, transport: options.link.transport }),
    );
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes);
    const run = await runPeer('/usr/bin/sipp', sippArguments(options), {
      directory,
      withinMs: (calls / callsPerSecond) * 1000 + TAIL_MS,
    });
    const errors = `${readIfThere(join(directory, 'errors.log')).slice(-2000)}${run.code === 0 ? '' : run.said.slice(-500)}`;
    const total = lastRow(readIfThere(join(directory, 'statistics.csv')));
    // This name cannot be chosen: it holds the scenario and the process id.
    const countsFile = readdirSync(directory).find((name) => name.endsWith('_counts.csv')) ?? 'no counts';
    const counts = lastRow(readIfThere(join(directory, countsFile)));
    return {
      code: run.code,
      successful: total['SuccessfulCall(C)'] ?? Number.NaN,
      failed: total['FailedCall(C)'] ?? Number.NaN,
      strays: (total['OutOfCallMsgs(C)'] ?? Number.NaN) + (total['DeadCallMsgs(C)'] ?? Number.NaN),
      retransmissions: total['Retransmissions(C)'] ?? Number.NaN,
      oddities: Object.fromEntries(
        Object.entries(counts).filter(([name, count]) => /Retrans|Unexp|Timeout|Lost/.test(name) && count !== 0),
      ),
      errors,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function sippArguments(options: SippOptions): string[] {
  const { link, port, target, calls, callsPerSecond = calls } = options;
  const modes = { udp: 'u1', tcp: 't1' } as const;
  return [
    ...(target === undefined ? [] : [target]),
    ...['-sf', 'scenario.xml', '-t', modes[link.transport], '-i', link.host, '-p', String(port), '-mi', link.host],
    ...['-m', String(calls), '-r', String(callsPerSecond), '-l', String(calls)],
    ...['-trace_stat', '-stf', 'statistics.csv', '-fd', '1'],
    ...['-trace_counts', '-trace_err', '-error_file', 'errors.log'],
    ...['-nostdin', '-timeout', '60s', '-timeout_error'],
    ...(options.arguments ?? []),
  ];
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
