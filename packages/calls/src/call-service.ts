/** Calls as the server sees them: one SIP endpoint, the media threads, and every call in progress. */

import type { ConversationSettings } from '@dialplane/conversation';
import {
  type AdvertisedAddress,
  type AuthenticationOptions,
  type Ban,
  createSipEndpoint,
  type Reachability,
  type Registration,
  type RegistrationStatus,
  type SipEndpoint,
  type SourcePolicy,
  type TlsIdentity,
  type TransportCounters,
} from '@dialplane/sip';
import { withPromptCache } from '@dialplane/speech';
import { DialRefused } from './dial-refused.ts';
import type { CallDirectory, OpenedCall } from './directory.ts';
import { openHomer } from './homer.ts';
import { IncomingCallHandler } from './incoming-call.ts';
import type { LiveCall } from './live-call.ts';
import { createMediaAddresses } from './media-address.ts';
import { type CallEngines, createMediaPool, type MediaPool } from './media-thread/media-pool.ts';
import { OutgoingCallHandler } from './outgoing-call.ts';
import type { OutgoingCallPlan } from './outgoing-call-plan.ts';
import { whyNotDialled } from './outgoing-number.ts';
import { type OutgoingTrunk, registrationOf } from './outgoing-trunk.ts';
import { gaugeOverload } from './overload.ts';
import { createPrompts } from './prompts.ts';
import type { RecordingStore } from './recording/recording-store.ts';
import { placeOf, refusedRequest } from './refused-call.ts';
import { SipTraces, type TracedMessage } from './sip-traces.ts';
import { createTrunkGate } from './trunk-limits.ts';

/** Greetings, prompts and goodbyes of a few hundred agents at 8 kHz: about an hour of speech. */
const promptCacheBytes = 64 * 1024 * 1024;

/** Carriers give up on a telephone that rings for a minute or more themselves; whoever has not come by then will not. */
const ringTimeoutMs = 60_000;

/** Carriers try their next destination after half a minute without an answer; a refusal lets them do so at once. */
const answerWithinMs = 30_000;

/** "DP" as a number: tells our packets from those of other capture agents, which count from 1. */
const homerAgentId = 0x4450;

/** The part of a pino logger that calls use. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface CallServiceOptions {
  readonly host: string;
  readonly sipPort: number;
  /** Certificate and port for SIP over TLS; port 0 lets the system choose. Without it nobody calls in over TLS. */
  readonly tls?: TlsIdentity & { readonly port: number };
  /** Address carriers reach us at; unset, the local address that faces each caller. */
  readonly publicAddress: string | undefined;
  /** Networks in CIDR form that reach us without a NAT; without it those private ones that this machine is in. */
  readonly localNetworks?: readonly string[];
  readonly rtpPortMin: number;
  readonly rtpPortMax: number;
  readonly mediaThreads: number;
  readonly userAgent: string;
  /** Realm of the digest challenge. */
  readonly realm: string;
  /** 32 bytes; every node with the same key can check the others' nonces. */
  readonly nonceKey: Uint8Array;
  readonly headerPrefix: string;
  /** Which digest algorithms a stranger is offered; without it MD5. */
  readonly algorithmsFor?: AuthenticationOptions['algorithmsFor'];
  /** Who may call in without a password; without it nobody. */
  readonly sourcePolicy?: SourcePolicy;
  /** Whether loopback and private addresses can be silenced, too. */
  readonly guardPrivate?: boolean;
  /** A Homer that every SIP message is sent to. */
  readonly homer?: { readonly host: string; readonly port: number };
  /** How long the caller hears nothing but ringing before it is turned away. */
  readonly answerWithinMs?: number;
  readonly directory: CallDirectory;
  readonly engines: CallEngines;
  /** Stores SIP messages of calls, in order and in batches; without it none are kept. May reject, then they are lost. */
  readonly writeSipMessages?: (call: OpenedCall, messages: readonly TracedMessage[]) => Promise<void>;
  /** Where calls are recorded; without it none is. */
  readonly recordings?: RecordingStore;
  /** How long a call that we make may ring. */
  readonly ringTimeoutMs?: number;
  readonly log: Logger;
}

export interface CallService {
  readonly sipPort: number;
  /** Undefined without TLS. */
  readonly sipTlsPort: number | undefined;
  /** What carriers see of us on each transport, and what would keep them from answering. */
  readonly reachability: Reachability;
  /** What happened on the SIP sockets so far. */
  readonly transportCounters: TransportCounters;
  /** A renewed certificate, for connections from now on. @throws Error when it cannot be used. */
  setTlsIdentity(identity: TlsIdentity): void;
  /** Registers with a trunk's carrier until stopped; calls along the registration come in by this trunk. */
  register(trunk: OutgoingTrunk, onChange: (status: RegistrationStatus) => void): Registration;
  readonly activeCalls: number;
  /** Calls on each media thread. */
  readonly mediaLoad: readonly number[];
  /** A call in progress, by its stored id. */
  find(callId: string): LiveCall | undefined;
  /**
   * Calls a number and says the announcement to whoever answers. What becomes of it is in the call's record.
   * @throws {DialRefused} when the trunk must not or cannot dial it now.
   */
  dial(plan: OutgoingCallPlan): LiveCall;
  /** Sources that get no answer at the moment, the newest last. */
  bans(): Ban[];
  /** Hears a source again. @returns whether it was silenced. */
  liftBan(source: string): boolean;
  /** Messages of silenced sources since the last call. */
  takeDropped(): number;
  /** Makes an agent's greeting and prompts ahead of its first call. */
  warm(settings: ConversationSettings): Promise<void>;
  /** Takes no new calls, ends those in progress with a BYE, and frees everything. Idempotent. */
  close(): Promise<void>;
}

export async function createCallService(options: CallServiceOptions): Promise<CallService> {
  const { directory, log } = options;
  const calls = new Set<IncomingCallHandler | OutgoingCallHandler>();
  const engines: CallEngines = {
    ...options.engines,
    synthesiser: withPromptCache(options.engines.synthesiser, { maxBytes: promptCacheBytes }),
  };
  const gate = createTrunkGate();
  const { writeSipMessages } = options;
  const traces =
    writeSipMessages &&
    new SipTraces({
      write: writeSipMessages,
      localPlace: (flow) => endpoint.localPlace(flow),
      onLost: (error, lost) => log.error({ err: error, lost }, 'SIP messages of a call were not stored'),
    });
  const prompts = createPrompts(engines.synthesiser, engines.recogniser !== undefined, log);
  const { recordings } = options;
  const media: MediaPool = await createMediaPool({
    host: options.host,
    portMin: options.rtpPortMin,
    portMax: options.rtpPortMax,
    threads: options.mediaThreads,
    engines,
    onThreadLost: (error) =>
      log.error({ err: error }, 'a media thread died; its calls have ended, it is started again'),
    ...(recordings
      ? {
          recordings: {
            finished: (recording) => recordings.finished(recording),
            failed: (callId, message) => log.error({ callId, err: message }, 'a recording could not be written'),
            lost: (error) => log.error({ err: error }, 'the recording thread died; it is started again'),
          },
        }
      : {}),
  });
  const overload = gaugeOverload((isOverloaded, lagMs) =>
    log.warn({ lagMs }, isOverloaded ? 'overloaded: new calls get 503' : 'no longer overloaded'),
  );
  const homer =
    options.homer &&
    openHomer({
      ...options.homer,
      agentId: homerAgentId,
      localPlace: (flow) => endpoint.localPlace(flow),
    });
  const endpoint: SipEndpoint = await createSipEndpoint({
    host: options.host,
    port: options.sipPort,
    ...(options.tls ? { tls: options.tls } : {}),
    ...(options.publicAddress ? { advertised: advertisedAs(options.publicAddress, options.localNetworks) } : {}),
    userAgent: options.userAgent,
    authentication: {
      realm: options.realm,
      nonceKey: options.nonceKey,
      findCredential: (username) => directory.findCredential(username),
      ...(options.algorithmsFor ? { algorithmsFor: options.algorithmsFor } : {}),
    },
    ...(options.sourcePolicy ? { sourcePolicy: options.sourcePolicy } : {}),
    guard: { watchesPrivate: options.guardPrivate ?? false },
    isOverloaded: () => overload.isOverloaded,
    ...(traces || homer
      ? {
          onMessage: (trace) => {
            traces?.take(trace);
            homer?.take(trace);
          },
        }
      : {}),
    registrar: {
      registered: ({ owner, flow }) => directory.noteSeen(owner, { style: 'register', source: placeOf(flow).source }),
    },
    onRefused: (refusal) => directory.noteRefusal(refusedRequest(refusal)),
    onInvite: (sip) => {
      directory.noteSeen(sip.owner, { style: sip.style, source: placeOf(sip.source).source });
      const call = new IncomingCallHandler(sip, {
        directory,
        media,
        prompts,
        gate,
        recordings,
        headerPrefix: options.headerPrefix,
        answerWithinMs: options.answerWithinMs ?? answerWithinMs,
        mediaAddresses,
        log,
        onReleased: (released) => {
          calls.delete(released);
          unfollow?.();
        },
      });
      const unfollow = traces?.follow(sip.callId, () => call.stored);
      calls.add(call);
      call.run();
    },
  }).catch(async (error: unknown) => {
    overload.close();
    homer?.close();
    await media.close();
    throw error;
  });
  const mediaAddresses = createMediaAddresses(endpoint);

  let closed: Promise<void> | undefined;
  return {
    sipPort: endpoint.port,
    sipTlsPort: endpoint.tlsPort,
    reachability: endpoint.reachability,
    get transportCounters() {
      return endpoint.transportCounters;
    },
    setTlsIdentity: (identity) => endpoint.setTlsIdentity(identity),
    register: (trunk, onChange) => endpoint.register({ ...registrationOf(trunk), onChange }),
    get activeCalls() {
      return calls.size;
    },
    get mediaLoad() {
      return media.load;
    },
    find: (callId) => [...calls].find((call) => call.stored?.id === callId),
    dial,
    bans: () => endpoint.bans(),
    liftBan: (source) => endpoint.liftBan(source),
    takeDropped: () => endpoint.takeDropped(),
    warm: (settings) => prompts.ready(settings),
    close: () => (closed ??= close()),
  };

  function dial(plan: OutgoingCallPlan): LiveCall {
    const { trunk, called } = plan;
    if (closed) throw new DialRefused('shutting_down', 'The server is stopping. Try again in a minute.');
    const forbidden = whyNotDialled(called, trunk);
    if (forbidden !== undefined) throw new DialRefused('number_not_allowed', forbidden);
    const { refused } = gate.enter(trunk.id, trunk, performance.now());
    if (refused !== undefined) throw new DialRefused('trunk_busy', `${refused} Try again later.`);
    const call = new OutgoingCallHandler(plan, {
      endpoint,
      directory,
      media,
      mediaAddresses,
      ringTimeoutMs: options.ringTimeoutMs ?? ringTimeoutMs,
      log,
      onReleased: () => {
        gate.leave(trunk.id);
        calls.delete(call);
        unfollow?.();
      },
    });
    const unfollow = traces?.follow(call.sipCallId, () => call.stored);
    calls.add(call);
    call.run();
    return call;
  }

  async function close(): Promise<void> {
    prompts.stop();
    endpoint.refuseNewCalls();
    const last = [...calls];
    for (const call of last) call.stop();
    await Promise.all(last.map((call) => call.released));
    await endpoint.close();
    await traces?.close();
    homer?.close();
    overload.close();
    await media.close();
  }
}

function advertisedAs(host: string, localNetworks: readonly string[] | undefined): AdvertisedAddress {
  return localNetworks === undefined ? { host } : { host, localNetworks };
}
