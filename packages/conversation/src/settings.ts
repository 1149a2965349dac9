/** Behaviour of one agent in a conversation; defaults are the contract's (behaviour settings of an agent). */
export interface ConversationSettings {
  readonly agentId: string;
  /** Spoken before the first message; empty: none. */
  readonly disclosure: string;
  readonly firstMessage: string;
  readonly voice: string;
  /** The agent speaks first; true for inbound calls. */
  readonly silencePromptAfterMs: number;
  /** 0 to 2. */
  readonly silenceMaxPrompts: number;
  /** After the last prompt. */
  readonly silenceEndAfterMs: number;
  readonly silencePrompts: readonly string[];
  readonly endpointingSilenceMs: number;
  readonly interruptible: boolean;
  readonly maxCallMs: number;
  /** Titles of the knowledge for the keypad menu used when there is no recogniser; digit n speaks text n. */
  readonly menu: readonly { readonly title: string; readonly text: string }[];
}

export const defaultSettings = {
  disclosure: '',
  /** A caller who says nothing for this long has probably been lost; the field uses 7 to 10 s. */
  silencePromptAfterMs: 8000,
  silenceMaxPrompts: 2,
  silenceEndAfterMs: 8000,
  silencePrompts: ['Are you still there?', 'Are you still there?'],
  endpointingSilenceMs: 500,
  interruptible: true,
  maxCallMs: 3_600_000,
} as const;
