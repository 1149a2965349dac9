/** The whole product in one process: what is started in which order, and how it is stopped. */
import { hkdfSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { type CallEngines, createCallService } from '@dialplane/calls';
import { createFliteSynthesiser } from '@dialplane/speech';
import { createAnswerer } from './answerer/index.ts';
import { createReadiness } from './api/readiness.ts';
import { createHttpServer } from './api/server.ts';
import { appendSipMessages } from './calls/sip-messages.ts';
import type { Config } from './config/config.ts';
import { takeDataDirectory } from './data-directory.ts';
import { createDemo } from './demo/index.ts';
import { loadEncryptionKey } from './encryption-key.ts';
import { createLocalEventBus } from './live/event-bus.ts';
import { createPostgresEventBus } from './live/postgres-event-bus.ts';
import { createLog } from './log.ts';
import { createMetrics, measuredDirectory } from './metrics/index.ts';
import { openOfflineRecogniser } from './offline-recogniser.ts';
import { explainPort } from './port-error.ts';
import { regionOf } from './public-address.ts';
import { createSecrets } from './secrets.ts';
import { seedDefaultOrganisation } from './seed.ts';
import { sipHeaderPrefix } from './sip/headers.ts';
import { openStore } from './store/open-store.ts';
import { createAgentProfiles } from './telephony/agent-profiles.ts';
import { endLostCalls } from './telephony/append-events.ts';
import { createCallDirectory } from './telephony/call-directory.ts';
import { createRefusalLog } from './telephony/refusal-log.ts';
import { welcome } from './welcome.ts';

const userAgent = 'Dialplane/0.1';
const realm = 'dialplane';

export interface Product {
  /** Lines for the person at the terminal: where it listens and how to try it. */
  readonly welcome: readonly string[];
  /** Ends calls in progress with a BYE, stores what happened, frees everything. */
  stop(): Promise<void>;
}

/**
 * @param say shows a line to the person at the terminal while starting.
 * @throws errors with a sentence for people: data directory in use, database unreachable, port taken.
 */
export async function startProduct(config: Config, say: (line: string) => void): Promise<Product> {
  const log = createLog(config.logLevel);
  // Undone in reverse order, also when a later step of the start fails.
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    const dataDirectory = takeDataDirectory(config.dataDir);
    undo.push(() => dataDirectory.release());
    const encryptionKey = loadEncryptionKey(config.encryptionKey, config.dataDir, log);
    const secrets = createSecrets(encryptionKey);
    const cores = availableParallelism();

    // Said before anything is waited for: an installation may take a minute.
    const recogniser = await openOfflineRecogniser({ wanted: config.offlineStt, processes: cores, say });
    const engine = recogniser.state === 'ready' ? recogniser.engine : undefined;
    undo.push(() => engine?.close());
    const [store, synthesiser] = await Promise.all([
      openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log }),
      createFliteSynthesiser(),
    ]);
    undo.push(() => store.close());
    undo.push(() => synthesiser.close());

    await seedDefaultOrganisation(store.db, { initApiKey: config.initApiKey, dataDir: config.dataDir, log });
    const lost = await endLostCalls(store.db);
    if (lost > 0) log.warn({ calls: lost }, 'ended the records of calls that were lost with the last process');

    const refusals = createRefusalLog({ db: store.db, log });
    undo.push(() => refusals.close());
    const model = createAnswerer({ db: store.db });
    const profiles = createAgentProfiles(store.db, ({ settings, vocabulary }) => {
      engine?.prepare(vocabulary).catch((error: unknown) => {
        log.error({ err: error }, 'the recogniser could not build a language model; it will try again in the call');
      });
      model.prepare(settings.agentId).catch((error: unknown) => {
        log.error({ err: error }, 'the knowledge of an agent could not be read; the call will try again');
      });
    });
    const shared = config.databaseUrl ? createPostgresEventBus(config.databaseUrl, log) : undefined;
    undo.push(() => shared?.close());
    const bus = shared ?? createLocalEventBus();
    const metrics = createMetrics();
    undo.push(() => metrics.close());
    const directory = createCallDirectory({
      db: store.db,
      secrets,
      refusals,
      profiles,
      regionOf: (host) => regionOf(config, host),
      bus,
    });
    const engines: CallEngines = { recogniser: engine, synthesiser, model };
    const calls = await createCallService({
      host: config.host,
      sipPort: config.sipPort,
      publicAddress: config.publicAddress,
      rtpPortMin: config.rtpPortMin,
      rtpPortMax: config.rtpPortMax,
      mediaThreads: cores,
      userAgent,
      realm,
      nonceKey: new Uint8Array(hkdfSync('sha256', Buffer.from(encryptionKey, 'hex'), '', 'sip digest nonce', 32)),
      headerPrefix: sipHeaderPrefix,
      directory: measuredDirectory(directory, metrics),
      engines,
      writeSipMessages: (call, messages) => appendSipMessages(store.db, call, messages),
      log,
    }).catch((error: unknown) => {
      throw explainPort(error, 'SIP_PORT', config.sipPort, config.host);
    });
    undo.push(() => calls.close());

    const readiness = createReadiness();
    readiness.register('telephony', () => ({
      state: 'ready',
      detail: `SIP on ${calls.sipPort}; calls on media threads: ${calls.mediaLoad.join(', ')}`,
    }));
    readiness.register('recogniser', () =>
      recogniser.state === 'ready' ? { state: 'ready' } : { state: 'degraded', detail: recogniser.reason },
    );
    const http = createHttpServer({
      store,
      config: { ...config, sipPort: calls.sipPort },
      log,
      readiness,
      metrics,
      secrets,
      voices: synthesiser.voices,
      profiles,
      bus,
      calls,
      model,
    });
    await http.listen().catch((error: unknown) => {
      throw explainPort(error, 'PORT', config.port, config.host);
    });
    undo.push(() => http.close());

    const ports = { sipPort: calls.sipPort, httpPort: http.port };
    if (config.initDemo) {
      const demo = await createDemo({ db: store.db, secrets, config, ...ports });
      // The first caller finds the language model built and the greeting spoken.
      const profile = await directory.findAgentProfile(demo.orgId, demo.agentId);
      if (profile) void calls.warm(profile.settings);
    }
    return { welcome: welcome(config, ports), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
