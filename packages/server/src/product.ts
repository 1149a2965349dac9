/** The whole product in one process: what is started in which order, and how it is stopped. */
import { hkdfSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CallEngines, createCallService } from '@dialplane/calls';
import { systemHasIPv6 } from '@dialplane/sip';
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
import { explainPort, explainSipPort } from './port-error.ts';
import { regionOf } from './public-address.ts';
import { createRecordings } from './recordings/recordings.ts';
import { createSecrets } from './secrets.ts';
import { seedDefaultOrganisation } from './seed.ts';
import { sipHeaderPrefix } from './sip/headers.ts';
import { askForPublicAddress } from './sip/public-address-by-stun.ts';
import { selfCheck } from './sip/self-check.ts';
import { openTlsIdentity } from './sip/tls-identity.ts';
import { openStore } from './store/open-store.ts';
import { createAgentProfiles } from './telephony/agent-profiles.ts';
import { endLostCalls } from './telephony/append-events.ts';
import { createCallDirectory } from './telephony/call-directory.ts';
import { openKnownSources } from './telephony/known-sources.ts';
import { openOfferedAlgorithms } from './telephony/offered-algorithms.ts';
import { createRefusalLog } from './telephony/refusal-log.ts';
import { registrationsState } from './telephony/registrations-state.ts';
import { createTrunkRegistrations } from './telephony/trunk-registrations.ts';
import { createTrunkSightings } from './telephony/trunk-sightings.ts';
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
export async function startProduct(wanted: Config, say: (line: string) => void): Promise<Product> {
  // Without IPv6 in the system, what was meant to be both families is IPv4 alone.
  const config = wanted.host === '::' && !systemHasIPv6() ? { ...wanted, host: '0.0.0.0' } : wanted;
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

    const { bucket } = config.recording;
    const recordings = createRecordings({
      db: store.db,
      secrets,
      folder: join(config.dataDir, 'recordings'),
      format: config.recording.format,
      encrypt: config.recording.encrypt,
      // Loaded only where it is used: it is larger than the rest of the server.
      bucket: bucket && (await import('./recordings/files-in-s3.ts')).filesInS3(bucket),
      log,
    });
    undo.push(() => recordings.close());
    await recordings.start();

    const silence = { sources: () => 0, messages: () => 0 };
    const refusals = createRefusalLog({
      db: store.db,
      log,
      silenced: () => ({ sources: silence.sources(), messages: silence.messages() }),
    });
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
    const tls = config.sipTlsPort === null ? undefined : openTlsIdentity(config, log);
    const publicAddress = await askForPublicAddress(config, log);
    const sightings = createTrunkSightings(store.db, log);
    undo.push(() => sightings.settled());
    const bus = shared ?? createLocalEventBus();
    const metrics = createMetrics();
    undo.push(() => metrics.close());
    const directory = createCallDirectory({
      db: store.db,
      secrets,
      refusals,
      profiles,
      sightings,
      regionOf: (host) => regionOf(config, host),
      bus,
    });
    const engines: CallEngines = { recogniser: engine, synthesiser, model };
    const knownSources = await openKnownSources({ db: store.db, log, providerNetworks: config.providerNetworks });
    undo.push(() => knownSources.close());
    const offeredAlgorithms = await openOfferedAlgorithms({ db: store.db, log });
    undo.push(() => offeredAlgorithms.close());
    const calls = await createCallService({
      host: config.host,
      sipPort: config.sipPort,
      ...(tls && config.sipTlsPort !== null ? { tls: { ...tls.identity, port: config.sipTlsPort } } : {}),
      publicAddress,
      ...(config.sipLocalNetworks ? { localNetworks: config.sipLocalNetworks } : {}),
      rtpPortMin: config.rtpPortMin,
      rtpPortMax: config.rtpPortMax,
      mediaThreads: cores,
      userAgent,
      realm,
      nonceKey: new Uint8Array(hkdfSync('sha256', Buffer.from(encryptionKey, 'hex'), '', 'sip digest nonce', 32)),
      headerPrefix: sipHeaderPrefix,
      sourcePolicy: knownSources,
      algorithmsFor: offeredAlgorithms.algorithmsFor,
      guardPrivate: config.guardPrivate,
      ...(config.homer ? { homer: config.homer } : {}),
      directory: measuredDirectory(directory, metrics),
      engines,
      recordings,
      writeSipMessages: (call, messages) => appendSipMessages(store.db, call, messages),
      log,
    }).catch((error: unknown) => {
      throw explainSipPort(error, config);
    });
    undo.push(() => calls.close());
    silence.sources = () => calls.bans().length;
    silence.messages = () => calls.takeDropped();
    if (tls) {
      undo.push(tls.watch((identity) => calls.setTlsIdentity(identity)));
      process.on('SIGHUP', tls.reload);
      undo.push(() => process.off('SIGHUP', tls.reload));
    }
    const registrations = createTrunkRegistrations({ db: store.db, secrets, calls, log });
    undo.push(() => registrations.close());
    void registrations.reconcile();
    metrics.watchRegistrations(() => registrations.all());
    metrics.watchSipTransports(() => calls.transportCounters);

    const listening = { ...config, publicAddress, sipPort: calls.sipPort, sipTlsPort: calls.sipTlsPort ?? null };
    const readiness = createReadiness();
    readiness.register('telephony', () => ({
      state: 'ready',
      detail: `SIP on ${calls.sipPort}; calls on media threads: ${calls.mediaLoad.join(', ')}`,
    }));
    readiness.register('registrations', () => registrationsState(registrations.all()));
    readiness.register('recogniser', () =>
      recogniser.state === 'ready' ? { state: 'ready' } : { state: 'degraded', detail: recogniser.reason },
    );
    const http = createHttpServer({
      store,
      config: listening,
      log,
      readiness,
      metrics,
      secrets,
      voices: synthesiser.voices,
      profiles,
      bus,
      calls,
      registrations,
      trunkLists: {
        refresh: async () => void (await Promise.all([knownSources, offeredAlgorithms].map((one) => one.refresh()))),
      },
      sipCertificate: () => tls?.certificate,
      recordings,
      model,
    });
    await http.listen().catch((error: unknown) => {
      throw explainPort(error, 'PORT', config.port, config.host);
    });
    undo.push(() => http.close());

    const ports = { sipPort: calls.sipPort, sipTlsPort: calls.sipTlsPort, httpPort: http.port };
    if (config.initDemo) {
      const demo = await createDemo({ db: store.db, secrets, config, ...ports });
      // The first caller finds the language model built and the greeting spoken.
      const profile = await directory.findAgentProfile(demo.orgId, demo.agentId);
      if (profile) void calls.warm(profile.settings);
    }
    return { welcome: [...welcome(config, ports), ...selfCheck(calls.reachability, tls?.certificate), ''], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
