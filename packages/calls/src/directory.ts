import type { ConversationSettings, ModelTurn } from '@dialplane/conversation';
import type { Vocabulary } from '@dialplane/speech';
import type { CallEvent } from './events.ts';
import type { RoutableAgent } from './routing.ts';

/** What calls need to know and to write down; the store behind it is the server's. Every method may reject when the store does. */
export interface CallDirectory {
  /** Digest credential of an inbound trunk; `owner` is the trunk's id. */
  findCredential(username: string): Promise<{ readonly password: string; readonly owner: string } | undefined>;
  findTrunk(trunkId: string): Promise<CallTrunk | undefined>;
  findAgentProfile(orgId: string, agentId: string): Promise<AgentProfile | undefined>;
  /** Stores the call row with its first events, and continues or opens its session (contract: sessions). */
  openCall(opening: CallOpening): Promise<OpenedCall>;
  /** Appends in order; the projection of the call row (answered, ended) is brought up to date in the same transaction. */
  appendEvents(call: OpenedCall, events: readonly CallEvent[]): Promise<void>;
}

export interface CallTrunk {
  readonly id: string;
  readonly orgId: string;
  /** ISO 3166 alpha-2 that national numbers are read in. */
  readonly country: string;
  readonly fallback: 'agent' | 'reject';
  readonly noAgentStatus: number;
  readonly agents: readonly RoutableAgent[];
}

export interface AgentProfile {
  readonly settings: ConversationSettings;
  readonly vocabulary: Vocabulary;
}

export interface CallOpening {
  readonly orgId: string;
  readonly trunkId: string;
  readonly agentId: string;
  readonly sipCallId: string;
  /** E.164 or extension; null when withheld. */
  readonly caller: string | null;
  /** True when `caller` is E.164, so that a session may be continued. */
  readonly callerIsNumber: boolean;
  readonly callerName: string | null;
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
