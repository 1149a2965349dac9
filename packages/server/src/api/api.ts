import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { CallService } from '@dialplane/calls';
import type { Model } from '@dialplane/conversation';
import type { CertificateDetails } from '@dialplane/sip';
import type { Voice } from '@dialplane/speech';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../config/config.ts';
import type { EventBus } from '../live/event-bus.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Secrets } from '../secrets.ts';
import type { Store } from '../store/database.ts';
import type { AgentProfiles } from '../telephony/agent-profiles.ts';
import type { TrunkRegistrations } from '../telephony/trunk-registrations.ts';
import type { Readiness } from './readiness.ts';

/** Fastify with zod schemas: what every route is added to. */
export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

/** What routes work with. */
export interface Services {
  readonly store: Store;
  readonly config: Config;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly secrets: Secrets;
  /** What agents can speak with. */
  readonly voices: readonly Voice[];
  /** Agents as calls know them; told of every change, so that the next call hears it. */
  readonly profiles: AgentProfiles;
  /** Told of everything that live streams tell, once it is stored. */
  readonly bus: EventBus;
  /** Calls in progress in this process, and new ones. */
  readonly calls: Pick<CallService, 'find' | 'dial' | 'bans' | 'liftBan'>;
  /** Of outbound trunks, at their carriers. */
  readonly registrations: Pick<TrunkRegistrations, 'status' | 'reconcile'>;
  /** What signalling keeps in memory of inbound trunks: read again when one changes. May reject when the store does. */
  readonly trunkLists: { refresh(): Promise<void> };
  /** The certificate of SIP over TLS; undefined without TLS. */
  readonly sipCertificate: () => CertificateDetails | undefined;
  readonly recordings: Pick<Recordings, 'open' | 'waveform' | 'remove'>;
  /** The brain of agents, for chats. */
  readonly model: Model;
}
