import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@dialplane/client';
import { isRunning, processTree } from './process-tree.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
const command = join(root, 'scripts', 'dialplane.mjs');

/** A fresh start has to open the database and start the speech engines, here on a machine that runs tests beside it. */
const READY_WITHIN_MS = 30_000;
/** Ending calls properly includes waiting for the answers to BYE. */
const STOPPED_WITHIN_MS = 15_000;
const REAPED_WITHIN_MS = 2000;
const POLL_MS = 50;

/** What `npm run call` reads in the data directory. */
export interface DemoTrunk {
  /** Host and port of SIP, on UDP and TCP. */
  readonly sip: string;
  readonly username: string;
  readonly password: string;
  readonly number: string;
  /** Base URL of the HTTP API. */
  readonly api: string;
  readonly api_key: string;
}

export interface ProductOptions {
  /** Environment variables of the product, over the ones that keep it to free ports of loopback. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Used as it is and kept; without it, a temporary one that goes when the product stops. */
  readonly dataDirectory?: string;
}

/** The product in a process of its own, as `npm start` starts it. */
export interface Product {
  readonly dataDirectory: string;
  /** The process that was started; the server is one of its descendants. */
  readonly pid: number;
  readonly demo: DemoTrunk;
  /** From the start of the process to the first 200 of /readyz. */
  readonly readyAfterMs: number;
  /** Everything it has written to stdout and stderr so far. */
  log(): string;
  /** The API with the demo's key. */
  readonly client: Client;
  /** Body of a GET with the demo's API key. Throws for any status but 200. */
  get<Body>(path: string): Promise<Body>;
  /** SIGTERM; resolves with the exit code (null: killed by a signal) once all its processes are gone. */
  stop(): Promise<number | null>;
  /** SIGKILL for all its processes at once, as a crash or a power cut would. */
  kill(): Promise<void>;
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'dialplane-product-'));
  const startedMs = performance.now();
  const run = runProduct(dataDirectory, options.environment ?? {});
  const removeData = () => {
    if (options.dataDirectory === undefined) rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    const demo = await readyDemo(run, dataDirectory);
    return {
      dataDirectory,
      pid: run.pid,
      demo,
      readyAfterMs: performance.now() - startedMs,
      log: run.log,
      client: createClient({ baseUrl: demo.api, apiKey: demo.api_key }),
      get: (path) => getJson(demo, path),
      stop: async () => {
        const code = await stop(run);
        removeData();
        return code;
      },
      kill: async () => {
        await killTree(run);
        removeData();
      },
    };
  } catch (error) {
    await killTree(run);
    removeData();
    throw error;
  }
}

/** Starts the product where it is expected to give up by itself: its exit code and what it said. */
export async function startAndFail(dataDirectory: string): Promise<{ code: number | null; said: string }> {
  const run = runProduct(dataDirectory, {});
  const deadline = sleep(READY_WITHIN_MS, 'late', { ref: false });
  const outcome = await Promise.race([run.exited, deadline]);
  await killTree(run);
  if (outcome === 'late') throw new Error(`The product still runs after ${READY_WITHIN_MS} ms. It said:\n${run.log()}`);
  return { code: run.child.exitCode, said: run.log() };
}

interface Run {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Wall clock, to compare with times of files. */
  readonly startedAtMs: number;
  readonly exited: Promise<unknown>;
  log(): string;
}

function runProduct(dataDirectory: string, environment: Readonly<Record<string, string>>): Run {
  // Tests run side by side, so each product takes a random window of the port range; ports taken by others are passed over.
  const firstPort = 20_000 + Math.floor(Math.random() * 30) * 1000;
  const startedAtMs = Date.now();
  const child = spawn(process.execPath, [command, 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environmentOfThisProcess(),
      HOST: '127.0.0.1',
      PORT: '0',
      SIP_PORT: '0',
      RTP_PORT_MIN: String(firstPort),
      RTP_PORT_MAX: String(firstPort + 999),
      DATA_DIR: dataDirectory,
      // Tests look often whether something has come.
      RATE_LIMIT_PER_MINUTE: '0',
      ...environment,
    },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  if (child.pid === undefined) throw new Error(`${command} could not be started.`);
  const log = () => Buffer.concat(chunks).toString('utf8');
  return { child, pid: child.pid, startedAtMs, exited: once(child, 'exit'), log };
}

/** The test runner sets NODE_ENV and variables of its own, which no operator's shell has. */
function environmentOfThisProcess(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'NODE_ENV' && !name.startsWith('VITEST')),
  );
}

async function readyDemo(run: Run, dataDirectory: string): Promise<DemoTrunk> {
  const file = join(dataDirectory, 'demo-trunk.json');
  const deadlineMs = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadlineMs) {
    if (run.child.exitCode !== null || run.child.signalCode !== null) {
      throw new Error(
        `The product ended (${run.child.exitCode ?? run.child.signalCode}) at start. It said:\n${run.log()}`,
      );
    }
    // A second start finds the file of the first one, whose ports are gone.
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= run.startedAtMs) {
      const demo: DemoTrunk = JSON.parse(readFileSync(file, 'utf8'));
      const answer = await fetch(`${demo.api}/readyz`).catch(() => null);
      if (answer?.status === 200) return demo;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`The product was not ready within ${READY_WITHIN_MS} ms. It said:\n${run.log()}`);
}

async function getJson<Body>(demo: DemoTrunk, path: string): Promise<Body> {
  const response = await fetch(`${demo.api}${path}`, { headers: { authorization: `Bearer ${demo.api_key}` } });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

async function stop(run: Run): Promise<number | null> {
  const pids = processTree(run.pid);
  run.child.kill('SIGTERM');
  const outcome = await Promise.race([run.exited, sleep(STOPPED_WITHIN_MS, 'late', { ref: false })]);
  const left = pids.filter(isRunning);
  await killTree(run);
  if (outcome === 'late')
    throw new Error(`SIGTERM did not end the product within ${STOPPED_WITHIN_MS} ms:\n${run.log()}`);
  if (left.length > 0) throw new Error(`${left.length} processes of the product outlived it: ${left.join(' ')}.`);
  return run.child.exitCode;
}

/** The server's processes die at once; the command that started it reaps it and follows by itself. */
async function killTree(run: Run): Promise<void> {
  const pids = processTree(run.pid).filter((pid) => pid !== run.pid);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone in the meantime.
    }
  }
  if (run.child.exitCode === null && run.child.signalCode === null) {
    await Promise.race([run.exited, sleep(REAPED_WITHIN_MS, null, { ref: false })]);
    run.child.kill('SIGKILL');
    await run.exited;
  }
  while (pids.some(isRunning)) await sleep(POLL_MS);
}
