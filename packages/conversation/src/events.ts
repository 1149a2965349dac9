/** What a conversation tells the call record. Times are milliseconds on the call's clock (contract: time and events). */

export type ConversationEventBody =
  | { readonly kind: 'speech_started' }
  | { readonly kind: 'speech_ended'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'transcript_partial'; readonly text: string }
  | {
      readonly kind: 'transcript_final';
      readonly text: string;
      readonly confidence: number;
      readonly fromMs: number;
      readonly toMs: number;
      readonly recogniser: string;
    }
  | {
      readonly kind: 'speech_rejected';
      readonly reason: 'no_words' | 'low_confidence' | 'back_channel' | 'too_short';
      readonly text: string;
      readonly confidence: number;
    }
  | { readonly kind: 'turn_ended'; readonly rule: string; readonly silenceMs: number; readonly speechEndMs: number }
  | {
      readonly kind: 'interruption';
      readonly step: 'ducked' | 'paused' | 'committed' | 'resumed';
      readonly heard: string;
      readonly cause: string;
    }
  | { readonly kind: 'model_requested'; readonly model: string; readonly text: string; readonly speculative: boolean }
  | { readonly kind: 'model_first_token'; readonly afterMs: number }
  | {
      readonly kind: 'reasoning';
      readonly rule: string;
      readonly passages: readonly {
        readonly id: string;
        readonly title: string;
        readonly score: number;
        readonly used: boolean;
      }[];
    }
  | {
      readonly kind: 'tool_called';
      readonly id: string;
      readonly name: string;
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: 'tool_returned';
      readonly id: string;
      readonly name: string;
      readonly ok: boolean;
      readonly result: string;
    }
  /** Text really heard, from-to in call time; cut at the word when interrupted. `speechEndMs` is the caller's last speech it answers. */
  | {
      readonly kind: 'agent_spoke';
      readonly text: string;
      readonly fromMs: number;
      readonly toMs: number;
      readonly interrupted: boolean;
      readonly purpose: SpeechPurpose;
      readonly answersSpeechEndMs: number | null;
      readonly timing: TurnTiming | null;
    }
  /** The agent was speaking, and for 700 ms nothing of it was sent. `waitingFor`: who has not delivered what comes next. */
  | { readonly kind: 'speech_stalled'; readonly waitingFor: 'model' | 'synthesiser' | null }
  | { readonly kind: 'silence_prompted'; readonly prompt: number }
  | { readonly kind: 'goodbye_started' }
  | { readonly kind: 'goodbye_cancelled' }
  /** A key of the caller's phone; with `sentBy`, one that was sent to the caller's side. */
  | { readonly kind: 'digit'; readonly digit: string; readonly sentBy?: 'api' }
  | { readonly kind: 'handoff'; readonly mode: 'logged_escalation'; readonly reason: string }
  | {
      readonly kind: 'provider_failed';
      readonly stage: 'recogniser' | 'model' | 'synthesiser';
      readonly code: string;
      readonly message: string;
    };

export type SpeechPurpose = 'greeting' | 'answer' | 'silence_prompt' | 'ask_again' | 'goodbye' | 'notice' | 'apology';

/** Where an answer's ear-to-ear time went, milliseconds each. */
export interface TurnTiming {
  /** Last caller speech sample received to the decision that the turn is over. */
  readonly endpointingMs: number;
  /** Decision to final words. */
  readonly recogniserMs: number;
  /** Final words to first text of the model. */
  readonly modelMs: number;
  /** First text to first sound. */
  readonly synthesisMs: number;
  /** First sound to first speech frame on the wire. */
  readonly pacingMs: number;
  /** The whole: last caller speech sample received to first agent speech sample sent. */
  readonly earToEarMs: number;
}

export type ConversationEvent = ConversationEventBody & { readonly atMs: number };

/** Why a conversation is over; the call maps it to its closed list of endings. */
export type ConversationEnd = 'agent_said_goodbye' | 'silence' | 'max_duration' | 'provider_failed' | 'escalated';
