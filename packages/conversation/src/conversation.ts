import type { Recogniser, Synthesiser, Vocabulary } from '@dialplane/speech';
import type { CallerDetector } from './caller-detector.ts';
import type { ConversationSnapshot } from './conversation-snapshot.ts';
import { ConversationEngine } from './engine.ts';
import type { ConversationEnd, ConversationEvent } from './events.ts';
import type { Model, ModelTurn } from './model.ts';
import type { ConversationSettings } from './settings.ts';

export interface ConversationOptions {
  readonly settings: ConversationSettings;
  /** Undefined: the agent says that it cannot understand speech and offers a keypad menu. */
  readonly recogniser: Recogniser | undefined;
  readonly vocabulary: Vocabulary;
  readonly synthesiser: Synthesiser;
  readonly model: Model;
  /** Belongs to this conversation, which feeds it every frame given to `hear`. */
  readonly detector: CallerDetector;
  /** Earlier calls of the session, oldest first. */
  readonly history: readonly ModelTurn[];
  readonly callId: string;
  /** The call's media clock, milliseconds. All timers are counted on it. */
  nowMs(): number;
  emit(event: ConversationEvent): void;
  /** Called once, from within `speak`, when the conversation is over by itself; never after `stop`. */
  onEnd(end: ConversationEnd): void;
}

/**
 * One caller and one agent talking. Knows frames, digits and text, nothing of networks.
 * `hear` and `speak` allocate nothing per frame beyond the 100 ms buffers that are handed to the recogniser.
 */
export interface Conversation {
  /** The call was answered: greets at once. */
  start(): void;
  /** Caller sound in order, 160 samples at 8 kHz every 20 ms; silence for frames that are missing. Not kept. */
  hear(frame: Int16Array): void;
  /**
   * Fills the next 160 samples to send, every 20 ms, and moves the timers.
   * @returns true when the frame holds agent speech; false when it is silence.
   */
  speak(frame: Int16Array): boolean;
  /** A key of the caller's phone: 0 to 9, *, #, A to D. */
  digit(digit: string): void;
  /** Spoken as soon as nobody speaks; interruptible. */
  say(text: string): void;
  /** Nobody hears the agent, and the caller's sound is not meant for it: time stands still, but for the longest call. */
  pause(): void;
  /** Goes on where `pause` was, with the rest of what was being said. */
  resume(): void;
  /** The caller is gone: cancels everything and records what was heard so far. */
  stop(): void;
  /** Plain data for `structuredClone` and JSON; `restoreConversation` goes on from it in another process. */
  snapshot(): ConversationSnapshot;
}

/** A conversation that is ready to `start`: the greeting's sound is being made. */
export function createConversation(options: ConversationOptions): Conversation {
  return new ConversationEngine(options, null);
}

/**
 * Goes on where another process was when it took the snapshot: its unheard words are spoken from the last word boundary,
 * unanswered caller words are answered. `nowMs` must go on with the same call clock; `history` is ignored.
 */
export function restoreConversation(snapshot: ConversationSnapshot, options: ConversationOptions): Conversation {
  return new ConversationEngine(options, snapshot);
}
