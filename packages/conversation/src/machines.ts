import type { Ear } from './ear.ts';
import type { ConversationEventBody } from './events.ts';
import type { Goodbye } from './goodbye.ts';
import type { Interruption } from './interruption.ts';
import type { Mouth } from './mouth.ts';
import type { ConversationSettings } from './settings.ts';
import type { Silence } from './silence.ts';

/** The parts of one conversation, for those who act on several of them. */
export interface Machines {
  readonly settings: ConversationSettings;
  readonly ear: Ear;
  readonly mouth: Mouth;
  readonly interruption: Interruption;
  readonly silence: Silence;
  readonly goodbye: Goodbye;
  emit(body: ConversationEventBody): void;
}

/** What is being said may be cut. */
export function interruptible({ settings, goodbye }: Machines): boolean {
  return settings.interruptible && !goodbye.final;
}
