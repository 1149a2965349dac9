import type { ConversationEnd, SpeechPurpose } from './events.ts';
import type { GoodbyeState } from './goodbye-table.ts';
import type { ModelTurn } from './model.ts';
import type { SilenceState } from './silence-table.ts';

/** A sentence that waits for a free floor. */
export interface PlannedSentence {
  readonly text: string;
  readonly purpose: SpeechPurpose;
}

/** The agent's speech in progress; after a restore its unheard words are spoken from a word's beginning. */
export interface SpeechSnapshot {
  readonly purpose: SpeechPurpose;
  /** Heard, but not yet told in an `agent_spoke`. */
  readonly heard: string;
  readonly unheard: string;
  /** An `agent_spoke` has told a part of it. */
  readonly told: boolean;
  readonly fromMs: number | null;
  readonly answersSpeechEndMs: number | null;
}

/** Everything of a conversation that must outlive a process, as plain data. Times are on the call's clock. */
export interface ConversationSnapshot {
  readonly version: 1;
  readonly started: boolean;
  readonly ended: boolean;
  readonly startedAtMs: number;
  readonly turns: readonly ModelTurn[];
  /** Caller words, not in `turns`, whose answer had not begun: they are answered after the restore. */
  readonly unanswered: { readonly text: string; readonly speechEndMs: number } | null;
  readonly speech: SpeechSnapshot | null;
  readonly planned: readonly PlannedSentence[];
  readonly expect: 'open' | 'yes_no' | 'digits';
  readonly silence: { readonly state: SilenceState; readonly quietMs: number };
  readonly goodbye: { readonly state: GoodbyeState; readonly end: ConversationEnd | null };
  readonly menuOffered: boolean;
  readonly keypadHints: number;
  readonly askedAgain: number;
  readonly failures: number;
  readonly personRequested: boolean;
  readonly warnedOfEnd: boolean;
}
