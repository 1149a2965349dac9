/** The turn: who speaks, when it is over, interruption, silence, goodbye, keypad, and the model loop. */

export type { CallerDetector } from './caller-detector.ts';
export {
  type Conversation,
  type ConversationOptions,
  createConversation,
  restoreConversation,
} from './conversation.ts';
export type { ConversationSnapshot, PlannedSentence, SpeechSnapshot } from './conversation-snapshot.ts';
export type {
  ConversationEnd,
  ConversationEvent,
  ConversationEventBody,
  SpeechPurpose,
  TurnTiming,
} from './events.ts';
export { fixedSentences } from './fixed-sentences.ts';
export type { Model, ModelEvent, ModelPassage, ModelRequest, ModelTool, ModelTurn, ModelWord } from './model.ts';
export { type ConversationSettings, defaultSettings } from './settings.ts';
