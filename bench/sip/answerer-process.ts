/** A process that answers calls, on a core of its own, and tells what it used. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** CPU since its start, and what its heap holds after a collection. */
export interface AnswererUse {
  readonly cpuMs: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface Answerer {
  readonly port: number;
  use(): Promise<AnswererUse>;
  stop(): Promise<void>;
}

/** What an answerer says to us. */
export type AnswererMessage = { readonly port: number } | { readonly use: AnswererUse };

/** A stack that answers: its file beside this one, and what it is given on the command line. */
export async function startAnswerer(file: string, ...options: readonly string[]): Promise<Answerer> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  // One core: the callers have the other one.
  const child = spawn('taskset', ['-c', '0', process.execPath, '--expose-gc', script, ...options], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { port } = await said(child, (message) => ('port' in message ? message : undefined));
  return {
    port,
    async use() {
      const answer = said(child, (message) => ('use' in message ? message.use : undefined));
      child.send('use');
      return answer;
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

function said<Wanted>(child: ChildProcess, read: (message: AnswererMessage) => Wanted | undefined): Promise<Wanted> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('The answering process ended.'));
    const onMessage = (message: AnswererMessage) => {
      const wanted = read(message);
      if (wanted === undefined) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(wanted);
    };
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}

/** In the answering process: tells the port, and what was used whenever that is asked. */
export function serveUse(port: number): void {
  const tell = (message: AnswererMessage) => process.send?.(message);
  /** Collections that were asked for are no work of the stack. */
  let collectingMs = 0;
  const spentMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  process.on('message', () => {
    const beforeMs = spentMs();
    const cpuMs = beforeMs - collectingMs;
    globalThis.gc?.();
    collectingMs += spentMs() - beforeMs;
    const { heapUsed, rss } = process.memoryUsage();
    tell({ use: { cpuMs, heapBytes: heapUsed, residentBytes: rss } });
  });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit());
  tell({ port });
}
