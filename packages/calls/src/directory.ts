import type { AmbiencePreset, SuppressionMode } from '@dialplane/audio';
import type { ConversationSettings, ModelTurn } from '@dialplane/conversation';
import type { CodecName, Credential, SenderStyle } from '@dialplane/sip';
import type { Vocabulary } from '@dialplane/speech';
import type { CallEvent, RouteStep } from './events.ts';
import type { MediaEncryption } from './media-encryption.ts';
import type { RoutingTable } from './routing.ts';
import type { TrunkLimits } from './trunk-limits.ts';

/** What calls need to know and to write down; the store behind it is the server's. Every method may reject when the store does. */
export interface CallDirectory {
  /** Digest credential of an inbound trunk; `owner` is the trunk's id. */
  findCredential(username: string): Promise<Credential | undefined>;
  /** @param dialled every number that the call can be for, once the trunk's country is known: its table holds those only. */
  findTrunk(trunkId: string, dialled: (country: string) => readonly string[]): Promise<CallTrunk | undefined>;
  findAgentProfile(orgId: string, agentId: string): Promise<AgentProfile | undefined>;
  /** Stores the call row with its first events, and continues or opens its session (contract: sessions). */
  openCall(opening: CallOpening): Promise<OpenedCall>;
  /** Stores the row of a call that we make, in a session of its own. */
  openOutgoingCall(opening: OutgoingCallOpening): Promise<OpenedCall>;
  /** Appends in order; the projection of the call row (answered, ended) is brought up to date in the same transaction. */
  appendEvents(call: OpenedCall, events: readonly CallEvent[]): Promise<void>;
  /** A trunk's other side has shown itself. Returns at once and never throws, and may be called for every call. */
  noteSeen(trunkId: string, sighting: TrunkSighting): void;
  /** Lists a request that was turned away. Returns at once and never throws: a flood of them must not slow calls. */
  noteRefusal(refusal: NotedRefusal): void;
}

/** How and from where somebody proved to be a trunk's PBX or carrier. */
export interface TrunkSighting {
  readonly style: SenderStyle | 'register';
  /** `address:port`. */
  readonly source: string;
}

/** A request from outside that got a final answer of 300 or more from us. */
export interface NotedRefusal {
  readonly at: Date;
  /** `address:port`. */
  readonly source: string;
  readonly transport: string;
  readonly method: string;
  readonly sipCallId: string;
  /** The trunk it was authenticated for; undefined when it did not come that far. */
  readonly trunk: CallTrunk | undefined;
  /** The digest user name it gave, right or wrong. */
  readonly username: string | undefined;
  /** As written in the INVITE, or E.164 when the trunk is known; null when not given or withheld. */
  readonly caller: string | null;
  readonly called: string | null;
  readonly status: number;
  readonly code: string;
  /** A sentence with the cause. */
  readonly reason: string;
  /** The routing explanation, as far as it came. */
  readonly steps: readonly RouteStep[];
}

export interface CallTrunk extends RoutingTable, TrunkLimits {
  readonly id: string;
  /** `outbound`: the call came in over our registration with the carrier. */
  readonly kind: 'inbound' | 'outbound';
  readonly orgId: string;
  /** Digest user name. */
  readonly username: string;
  /** ISO 3166 alpha-2 that national numbers are read in. */
  readonly country: string;
  readonly noAgentStatus: number;
  /** Allowed on this trunk, best first. */
  readonly codecs: readonly CodecName[];
  readonly mediaEncryption: MediaEncryption;
  /** For agents that leave it to the trunk. */
  readonly noiseSuppression: SuppressionMode;
}

export interface AgentAmbience {
  readonly preset: AmbiencePreset;
  /** RMS. */
  readonly levelDbfs: number;
}

export interface AgentProfile {
  readonly settings: ConversationSettings;
  readonly vocabulary: Vocabulary;
  readonly noiseSuppression: SuppressionMode | 'inherit';
  /** Background under the agent's voice; absent, there is none. */
  readonly ambience?: AgentAmbience | undefined;
  /** Whether the agent's calls are recorded; absent, they are not. */
  readonly isRecorded?: boolean;
}

export interface CallOpening {
  readonly orgId: string;
  readonly trunkId: string;
  readonly trunkKind: CallTrunk['kind'];
  readonly agentId: string;
  readonly sipCallId: string;
  /** E.164 or extension; null when withheld. */
  readonly caller: string | null;
  /** True when `caller` is E.164, so that a session may be continued. */
  readonly callerIsNumber: boolean;
  readonly callerName: string | null;
  readonly called: string;
  /** Host of the Request-URI: which of our names or addresses was called. */
  readonly host: string;
  readonly startedAt: Date;
  readonly events: readonly CallEvent[];
}

export interface OutgoingCallOpening {
  readonly orgId: string;
  /** An outbound trunk. */
  readonly trunkId: string;
  /** Null: no agent speaks in it. */
  readonly agentId: string | null;
  /** What ties the record to the messages on the wire. */
  readonly sipCallId: string;
  readonly caller: string;
  readonly called: string;
  readonly startedAt: Date;
  readonly events: readonly CallEvent[];
}

export interface OpenedCall {
  readonly id: string;
  readonly orgId: string;
  readonly sessionId: string;
  readonly startedAt: Date;
  /** What was said in earlier calls of the session, oldest first. */
  readonly history: readonly ModelTurn[];
}
