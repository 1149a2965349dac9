import { join } from 'node:path';
import { DialRefused } from '@dialplane/calls';
import type { Voice } from '@dialplane/speech';
import { createAnswerer } from '../src/answerer/index.ts';
import type { Services } from '../src/api/api.ts';
import type { ProblemBody } from '../src/api/problem.ts';
import { createReadiness, type Readiness } from '../src/api/readiness.ts';
import { createHttpServer, type HttpServer } from '../src/api/server.ts';
import { createApiKey, makeApiKey, type Scope, writeGrant } from '../src/api-keys.ts';
import { loadConfig } from '../src/config/config.ts';
import { createLocalEventBus } from '../src/live/event-bus.ts';
import { createMetrics } from '../src/metrics/index.ts';
import { ensureOrganisation } from '../src/organisations.ts';
import { filesInS3 } from '../src/recordings/files-in-s3.ts';
import { createRecordings, type Recordings } from '../src/recordings/recordings.ts';
import { createSecrets, type Secrets } from '../src/secrets.ts';
import type { Store } from '../src/store/database.ts';
import { organisations, users } from '../src/store/schema.ts';
import { createAgentProfiles } from '../src/telephony/agent-profiles.ts';
import { openTestStore, silentLog, type TestStore } from './test-store.ts';

interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface RequestOptions {
  /** Sent as bearer key; null sends none. Default: the full-access key of organisation `acme`. */
  readonly key?: string | null;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, as JSON unless the headers say otherwise. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface TestOrganisation {
  readonly id: string;
  readonly key: string;
}

/** The real HTTP server on a real socket with an empty database and the organisations `acme` and `other`. */
export interface TestServer {
  /** What the server works with, to start another one with. */
  readonly services: Services;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly readiness: Readiness;
  readonly recordings: Recordings;
  readonly http: HttpServer;
  readonly port: number;
  /** A key of `acme` with full access that administers the instance. */
  readonly adminKey: string;
  readonly acme: TestOrganisation;
  readonly other: TestOrganisation;
  request<Body = unknown>(method: string, path: string, options?: RequestOptions): Promise<Answer<Body>>;
  /** The same, for answers that are problems. */
  problem(method: string, path: string, options?: RequestOptions): Promise<Answer<ProblemBody>>;
  /** A new key of `acme` with these scopes only. */
  scopedKey(...scopes: Scope[]): Promise<string>;
  /** Puts these calls under the server's control; without it there are none. */
  connectCalls(calls: Services['calls']): void;
  /** Lets outbound trunks register; without it none does. */
  connectRegistrations(registrations: Services['registrations']): void;
  /** Lets signalling follow changes of inbound trunks; without it none listens. */
  connectTrunkLists(lists: Services['trunkLists']): void;
  stop(): Promise<void>;
}

/** Those of the demo agent and of a synthesiser with other languages. */
const voices: readonly Voice[] = [
  { id: 'slt', name: 'Sally', language: 'en-US', gender: 'female', provider: 'flite' },
  { id: 'awb', name: 'Alan', language: 'en-GB', gender: 'male', provider: 'flite' },
  { id: 'ines', name: 'Inês', language: 'pt-BR', gender: 'neutral', provider: 'elsewhere' },
];

let shared: Promise<TestStore> | undefined;

function sharedStore(): Promise<TestStore> {
  shared ??= openTestStore();
  return shared;
}

/** Ends the database that the servers of this process share. */
export async function closeSharedStore(): Promise<void> {
  await (await shared)?.dispose();
}

/**
 * Starts on the database of this process, emptied: opening one takes a second, emptying it milliseconds. One server at a
 * time, therefore; `alone` ones have a database of their own, which they may break.
 */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
  database: 'shared' | 'alone' = 'shared',
): Promise<TestServer> {
  const own = database === 'alone' ? await openTestStore() : undefined;
  const { store, dataDir } = own ?? (await sharedStore());
  await store.db.delete(organisations);
  await store.db.delete(users);
  const config = loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    RATE_LIMIT_PER_MINUTE: '0',
    ...environment,
  });
  const secrets = createSecrets('5e'.repeat(32));
  const readiness = createReadiness();
  const profiles = createAgentProfiles(store.db, () => {});
  let calls: Services['calls'] | undefined;
  let registrations: Services['registrations'] | undefined;
  let trunkLists: Services['trunkLists'] | undefined;
  const recordings = createRecordings({
    db: store.db,
    secrets,
    folder: join(dataDir, 'recordings'),
    ...config.recording,
    bucket: config.recording.bucket && filesInS3(config.recording.bucket),
    log: silentLog,
  });
  const services: Services = {
    store,
    config,
    readiness,
    metrics: createMetrics(),
    secrets,
    voices,
    profiles,
    bus: createLocalEventBus(),
    calls: {
      find: (id) => calls?.find(id),
      bans: () => calls?.bans() ?? [],
      liftBan: (source) => calls?.liftBan(source) ?? false,
      dial: (plan) => {
        if (calls) return calls.dial(plan);
        throw new DialRefused('shutting_down', 'This server makes no calls.');
      },
    },
    registrations: {
      status: (id) => registrations?.status(id),
      reconcile: async () => registrations?.reconcile(),
    },
    trunkLists: { refresh: async () => trunkLists?.refresh() },
    sipCertificate: () => undefined,
    recordings,
    model: createAnswerer({ db: store.db }),
  };
  const http = createHttpServer({ ...services, log: silentLog });
  await http.listen();
  const { port } = http;

  const organisation = async (slug: string): Promise<TestOrganisation> => {
    const { id } = await ensureOrganisation(store.db, slug, slug);
    return { id, key: await createApiKey(store.db, id, { name: 'test', scopes: null, key: makeApiKey() }) };
  };
  const acme = await organisation('acme');
  const other = await organisation('other');

  const adminKey = await createApiKey(store.db, acme.id, {
    name: 'admin',
    scopes: writeGrant({ scopes: null, instanceAdmin: true }),
  });

  const request = async <Body>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<Body>> => {
    const { key = acme.key, body, rawBody } = options;
    const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(payload === undefined ? {} : { body: payload }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    // What is no JSON is answered as a text.
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(isJson ? text : JSON.stringify(text)),
    };
  };

  return {
    services,
    store,
    secrets,
    readiness,
    recordings,
    http,
    port,
    adminKey,
    acme,
    other,
    request,
    problem: (method, path, options) => request<ProblemBody>(method, path, options),
    scopedKey: (...scopes) => createApiKey(store.db, acme.id, { name: 'scoped', scopes }),
    connectRegistrations: (running) => {
      registrations = running;
    },
    connectTrunkLists: (lists) => {
      trunkLists = lists;
    },
    connectCalls: (live) => {
      calls = live;
    },
    stop: async () => {
      await http.close();
      await recordings.close();
      services.metrics.close();
      await own?.dispose();
    },
  };
}
