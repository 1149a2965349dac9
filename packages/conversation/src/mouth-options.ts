import type { Synthesiser } from '@dialplane/speech';
import type { DialogueHistory } from './dialogue-history.ts';
import type { ConversationEventBody } from './events.ts';
import type { Model } from './model.ts';
import type { ReplyEvent } from './model-reply.ts';
import type { ProviderFailure } from './provider-failure.ts';

export interface MouthOptions {
  readonly agentId: string;
  readonly callId: string;
  readonly voice: string;
  readonly greeting: string;
  readonly synthesiser: Synthesiser;
  readonly model: Model;
  readonly history: DialogueHistory;
  nowMs(): number;
  emit(body: ConversationEventBody): void;
  readonly listener: MouthListener;
}

export interface MouthListener {
  /** Something is about to be said. */
  speechBegan(): void;
  /** Heard to its end, or given up. */
  speechOver(): void;
  /** The first sound of an answer is on its way to the caller. */
  answerHeard(): void;
  /** Expectations and tool calls of the answer. */
  replyEvent(event: ReplyEvent): void;
  failed(failure: ProviderFailure): void;
}
