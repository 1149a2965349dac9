import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PeerRun {
  readonly code: number | null;
  /** What it wrote to stdout and stderr. */
  readonly said: string;
}

export interface PeerOptions {
  readonly directory: string;
  readonly withinMs: number;
  /** Over the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a program from Debian to its end. Throws when it is not installed (a missing peer fails a test, it never skips it)
 * or does not end in time.
 */
export async function runPeer(program: string, arguments_: readonly string[], options: PeerOptions): Promise<PeerRun> {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    throw new Error(`${program} is not installed; npm run test:peers installs it with apt-get.`);
  }
  // sipp draws its screens with the terminal's capabilities and gives up without any.
  const environment = { ...process.env, TERM: 'dumb', ...options.environment };
  const child = spawn(program, arguments_, {
    cwd: options.directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const said = () => Buffer.concat(chunks).toString('utf8');
  const closed = once(child, 'close');
  const outcome = await Promise.race([closed, sleep(options.withinMs, 'late', { ref: false })]);
  if (outcome === 'late') {
    child.kill('SIGKILL');
    await closed;
    throw new Error(`${program} still ran after ${options.withinMs} ms. It said:\n${said().slice(-2000)}`);
  }
  return { code: child.exitCode, said: said() };
}
