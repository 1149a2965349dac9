/** The HTTP API under steady load, on both databases, with calls beside it that must not notice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThrowawayPostgres } from '../scripts/throwaway-postgres.mjs';
import { type Product, startProduct } from '../tests/product.ts';
import type { PacketSpacing } from './api/callers.ts';
import { type ApiRequest, openLoop } from './api/open-loop.ts';
import { seed } from './api/seed.ts';
import { startCallers } from './api/start-callers.ts';
import { machine } from './machine.ts';
import { percentile } from './percentile.ts';

const SESSIONS = 100_000;
const ITEMS = 5000;
const LIVE_CALLS = 30;
const DURATION_MS = 10_000;
const SPACING_P99_MS = 23;
const PAGE = 100;

interface Load {
  readonly name: string;
  readonly perSecond: number;
  readonly next: (i: number) => ApiRequest;
}

/** `options`: `--calls 30`, `--database pglite|postgresql`. Resolves with Markdown. */
export async function apiBenchmark(options: readonly string[]): Promise<string> {
  const calls = Number(options[options.indexOf('--calls') + 1] ?? LIVE_CALLS) || LIVE_CALLS;
  const only = options.includes('--database') ? options[options.indexOf('--database') + 1] : undefined;
  const lines = [
    '## HTTP API',
    '',
    `Machine: ${machine()}. The clients and the callers run on the same machine. Command: \`${['npm run bench -- api', ...options].join(' ')}\`.`,
    `${SESSIONS.toLocaleString('en')} sessions, ${ITEMS.toLocaleString('en')} items in one history; ${calls} live calls beside it, without recognition; latency from the moment a request was due.`,
    '',
    row([
      'database',
      'request',
      'per second',
      'p50 (ms)',
      'p99 (ms)',
      'failed',
      'packet spacing p50',
      'p99',
      'max (ms)',
    ]),
    row(['---', '---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']),
  ];
  if (only !== 'postgresql') lines.push(...(await measured('pglite', undefined, calls)));
  if (only !== 'pglite') {
    const postgres = await startThrowawayPostgres();
    try {
      lines.push(...(await measured('postgresql', postgres.url, calls)));
    } finally {
      postgres.stop();
    }
  }
  return [...lines, '', `Target: packet spacing p99 of at most ${SPACING_P99_MS} ms.`].join('\n');
}

async function measured(database: string, databaseUrl: string | undefined, calls: number): Promise<string[]> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'dialplane-bench-api-'));
  const environment = {
    OFFLINE_STT: 'off',
    LOG_LEVEL: 'warn',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  try {
    // Once for the schema and the demo organisation, which are filled while nothing runs.
    await (await startProduct({ dataDirectory, environment })).stop();
    const session = await seed({ dataDirectory, databaseUrl, sessions: SESSIONS, items: ITEMS });
    const product = await startProduct({ dataDirectory, environment });
    try {
      return await underLoad(database, product, session, calls);
    } finally {
      await product.stop();
    }
  } finally {
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function underLoad(database: string, product: Product, session: string, calls: number): Promise<string[]> {
  const callers = await startCallers(product.demo, calls);
  const lines: string[] = [];
  try {
    await callers.spacing();
    await new Promise((resolve) => setTimeout(resolve, DURATION_MS));
    lines.push(row([database, 'none', '', '', '', '', ...spacingCells(await callers.spacing())]));
    for (const { name, perSecond, next } of await loads(product, session)) {
      const { api, api_key: apiKey } = product.demo;
      const { latencyMs, failures } = await openLoop({
        baseUrl: api,
        apiKey,
        perSecond,
        durationMs: DURATION_MS,
        next,
      });
      const figures = [percentile(latencyMs, 0.5), percentile(latencyMs, 0.99)].map((ms) => ms.toFixed(1));
      lines.push(row([database, name, perSecond, ...figures, failures, ...spacingCells(await callers.spacing())]));
    }
    return lines;
  } finally {
    await callers.hangUp();
  }
}

/** Rates a busy inbox with a few dozen open dashboards has at its worst. */
async function loads(product: Product, session: string): Promise<Load[]> {
  const lists = await pagesOf(product, '/chat/sessions');
  const histories = await pagesOf(product, `/chat/sessions/${session}/history`);
  const among = (paths: readonly string[]) => (i: number) => ({
    method: 'GET' as const,
    path: paths[i % paths.length] ?? '',
  });
  return [
    {
      name: '`POST /phone`',
      perSecond: 20,
      next: (i) => ({
        method: 'POST',
        path: '/phone',
        body: JSON.stringify({ name: `Agent ${i}`, language: 'en-US' }),
      }),
    },
    { name: 'session list, page after page', perSecond: 50, next: among(lists) },
    { name: 'history, page after page', perSecond: 50, next: among(histories) },
  ];
}

/** Paths of the first pages of a list. */
async function pagesOf(product: Product, path: string): Promise<string[]> {
  const paths: string[] = [];
  let cursor: string | null = null;
  do {
    const page: string = `${path}?limit=${PAGE}${cursor === null ? '' : `&cursor=${cursor}`}`;
    paths.push(page);
    const { next }: { next: string | null } = await product.get(page);
    cursor = next;
  } while (cursor !== null && paths.length < ITEMS / PAGE);
  return paths;
}

function spacingCells({ p50Ms, p99Ms, maxMs }: PacketSpacing): string[] {
  return [p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1));
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
