import { defaultSettings } from '@dialplane/conversation';

export const endpointingModes = ['adaptive', 'fixed', 'provider'] as const;
export const noiseSuppressions = ['inherit', 'off', 'auto', 'on'] as const;
export const ambiences = ['none', 'office', 'bar', 'city-street'] as const;
export const voicemailActions = ['hang_up', 'leave_message', 'continue'] as const;
export const handoffModes = ['live_transfer', 'logged_escalation', 'ask'] as const;

/** How an agent behaves in a call, in the names of the API (contract: behaviour settings). */
export interface Behaviour {
  readonly silence_prompt_after_ms: number;
  /** 0 to 2. */
  readonly silence_max_prompts: number;
  /** After the last prompt. */
  readonly silence_end_after_ms: number;
  /** By language code: what a silent caller is asked the first and the second time. */
  readonly silence_prompts: Readonly<Record<string, string[]>>;
  readonly endpointing: { readonly mode: (typeof endpointingModes)[number]; readonly silence_ms: number };
  readonly max_call_ms: number;
  /** Calls at a time; with as many, calls without a rule of their own go to the next agent. null: no limit. */
  readonly max_calls: number | null;
  /** `inherit`: as the trunk of the call says. */
  readonly noise_suppression: (typeof noiseSuppressions)[number];
  readonly ambience: (typeof ambiences)[number];
  /** Level of the ambience, decibels relative to the agent's voice. */
  readonly ambience_db: number;
  /** Spoken before the first message. */
  readonly disclosure: string | null;
  readonly on_voicemail: (typeof voicemailActions)[number];
  readonly handoff_mode: (typeof handoffModes)[number];
}

export const defaultBehaviour: Behaviour = {
  silence_prompt_after_ms: defaultSettings.silencePromptAfterMs,
  silence_max_prompts: defaultSettings.silenceMaxPrompts,
  silence_end_after_ms: defaultSettings.silenceEndAfterMs,
  silence_prompts: { en: [...defaultSettings.silencePrompts] },
  endpointing: { mode: 'adaptive', silence_ms: defaultSettings.endpointingSilenceMs },
  max_call_ms: defaultSettings.maxCallMs,
  max_calls: null,
  noise_suppression: 'inherit',
  ambience: 'none',
  ambience_db: -30,
  disclosure: null,
  on_voicemail: 'hang_up',
  handoff_mode: 'live_transfer',
};

/**
 * The prompts of the language, of the same language elsewhere (`pt` for `pt-BR` and the other way round), or the
 * default ones.
 * @param language null: the default language.
 */
export function silencePromptsIn(language: string | null, prompts: Behaviour['silence_prompts']): readonly string[] {
  const wanted = (language ?? 'en').toLowerCase();
  const given = Object.entries(prompts).map(([code, texts]) => ({ code: code.toLowerCase(), texts }));
  const found = given.find(({ code }) => code === wanted) ?? given.find(({ code }) => baseOf(code) === baseOf(wanted));
  return found?.texts ?? defaultSettings.silencePrompts;
}

const baseOf = (code: string): string => code.replace(/-.*/, '');
