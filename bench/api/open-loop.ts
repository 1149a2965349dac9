/** Requests at a fixed rate, however slowly they are answered. */
import { Agent, request } from 'node:http';

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

export interface OpenLoopOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly perSecond: number;
  readonly durationMs: number;
  /** The i-th request. */
  readonly next: (i: number) => ApiRequest;
}

export interface OpenLoopResult {
  /** From the moment each request was due, so that a server that stalls is not spared those that had to wait. */
  readonly latencyMs: readonly number[];
  readonly failures: number;
}

export async function openLoop(options: OpenLoopOptions): Promise<OpenLoopResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const latencyMs: number[] = [];
  let failures = 0;
  const gapMs = 1000 / options.perSecond;
  const total = Math.round(options.durationMs / gapMs);
  const startMs = performance.now();
  const running: Promise<void>[] = [];
  for (let i = 0; i < total; i++) {
    const dueMs = startMs + i * gapMs;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    running.push(
      send(options, agent, options.next(i)).then((ok) => {
        latencyMs.push(performance.now() - dueMs);
        if (!ok) failures += 1;
      }),
    );
  }
  await Promise.all(running);
  agent.destroy();
  return { latencyMs, failures };
}

/** Whether it was answered with 200. */
function send({ baseUrl, apiKey }: OpenLoopOptions, agent: Agent, wanted: ApiRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(
      `${baseUrl}${wanted.path}`,
      {
        agent,
        method: wanted.method,
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
      },
    );
    sent.on('error', () => resolve(false));
    sent.end(wanted.body);
  });
}
