import { insertCall, insertSession } from '../test-calls.ts';
import type { TestServer } from '../test-server.ts';
import { type DocumentedOperation, documentedOperations, documentedSchemas, pathOf } from './documented-operations.ts';
import { chance, createValueMaker, pick, type Random, seededRandom, type ValueSchema } from './random-values.ts';

/** Sends at once: enough to meet each other's changes, few enough for two cores. */
const senders = 4;
/** Ids are forgotten again, since most of what they named was deleted. */
const rememberedIds = 30;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

/** Statuses by how often they were answered, and every request that was answered with 500 or more. */
export interface RandomRun {
  readonly statuses: ReadonlyMap<number, number>;
  readonly failures: readonly (Sent & { readonly status: number; readonly answer: string })[];
}

/** Sends `count` requests made from the OpenAPI document with all scopes: fitting ones, odd ones, and bodies that are no JSON. */
export async function sendRandomRequests(server: TestServer, count: number, seed: number): Promise<RandomRun> {
  const random = seededRandom(seed);
  const ids = await createIdPool(server);
  const values = createValueMaker(random, documentedSchemas, () => ids.all());
  const statuses = new Map<number, number>();
  const failures: (Sent & { status: number; answer: string })[] = [];
  let left = count;

  async function sendOne(): Promise<void> {
    const operation = pick(random, documentedOperations);
    const sent = requestFor(operation, random, values, ids);
    const response = await fetch(`http://127.0.0.1:${server.port}${sent.path}`, {
      method: sent.method,
      headers: {
        authorization: `Bearer ${server.adminKey}`,
        ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return;
    }
    const answer = await response.text();
    if (response.status >= 500) failures.push({ ...sent, status: response.status, answer });
    for (const [, id] of answer.matchAll(/"id":"([0-9a-f-]{36})"/g)) if (id !== undefined) ids.add(operation.path, id);
  }

  const sender = async () => {
    while (left > 0) {
      left -= 1;
      await sendOne();
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return { statuses, failures };
}

interface IdPool {
  /** Ids that were answered on a path are of its kind. */
  add(path: string, id: string): void;
  of(parameter: string): readonly string[];
  all(): readonly string[];
}

/** Knows calls and sessions already, which no request makes. */
async function createIdPool({ store, acme }: TestServer): Promise<IdPool> {
  const pools = new Map<string, string[]>();
  const kinds = new Map(
    documentedOperations.flatMap(({ path }) => {
      const [, collection, parameter] = /^([^{]*)\/\{(\w+)\}$/.exec(path) ?? [];
      return collection !== undefined && parameter !== undefined ? [[collection, parameter] as const] : [];
    }),
  );
  const addTo = (parameter: string, id: string) => {
    const pool = pools.get(parameter) ?? [];
    pools.set(parameter, [...pool.filter((known) => known !== id), id].slice(-rememberedIds));
  };
  for (let i = 0; i < 3; i += 1) {
    const sessionId = await insertSession(store.db, acme.id);
    addTo('session_id', sessionId);
    const events = [['invite_received', 0, {}] as const, ['ended', 100, { reason: 'caller_hung_up' }] as const];
    addTo('call_id', await insertCall(store.db, acme.id, { sessionId, startedAt: new Date(), events }));
  }
  return {
    add: (path, id) => {
      const parameter = kinds.get(path);
      if (parameter !== undefined) addTo(parameter, id);
    },
    of: (parameter) => pools.get(parameter) ?? [],
    all: () => [...pools.values()].flat(),
  };
}

type Values = ReturnType<typeof createValueMaker>;

function requestFor(operation: DocumentedOperation, random: Random, values: Values, ids: IdPool): Sent {
  const make = (schema: ValueSchema) => (chance(random, 0.6) ? values.fitting(schema) : values.odd(schema));
  const idOrOddity = (parameter: string) => {
    const known = ids.of(parameter);
    return known.length > 0 && chance(random, 0.85) ? pick(random, known) : asText(values.odd({ type: 'integer' }));
  };
  const path = pathOf(
    operation,
    Object.fromEntries(operation.pathParameters.map(({ name }) => [name, idOrOddity(name) || 'x'])),
  );
  const query = new URLSearchParams();
  for (const { name, required, schema } of operation.queryParameters) {
    if (required || chance(random, 0.3)) query.set(name, asText(make(schema)));
  }
  const { method } = operation;
  return { method, path: query.size > 0 ? `${path}?${query}` : path, body: bodyFor(operation, random, make) };
}

function bodyFor(
  { body, method }: DocumentedOperation,
  random: Random,
  make: (schema: ValueSchema) => unknown,
): string | undefined {
  if (method === 'GET') return undefined;
  if (chance(random, 0.04)) return '{"name": "half';
  if (body === undefined || chance(random, 0.05)) return undefined;
  return JSON.stringify(make(body));
}

/** As a path or a query can hold it: URLs are short and of whole characters. */
function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.toWellFormed().slice(0, 1000);
}
