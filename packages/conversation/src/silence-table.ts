import { go, type TransitionTable } from './transition-table.ts';

/**
 * The silent caller: prompts, then a goodbye. Time is counted elsewhere, only while the floor is free,
 * so no state here can be left behind by a prompt that was cut off.
 */
export type SilenceState = 'waiting' | 'prompted_once' | 'prompted_twice' | 'leaving';

export type SilenceEvent =
  /** Quiet for long enough and prompts are left. */
  | 'prompt_due'
  /** Quiet for long enough and no prompts are left. */
  | 'end_due'
  /** Accepted words or a key. */
  | 'caller_there';

export type SilenceEffect = 'prompt' | 'say_goodbye';

export const silenceTable: TransitionTable<SilenceState, SilenceEvent, SilenceEffect> = {
  waiting: { prompt_due: go('prompted_once', 'prompt'), end_due: go('leaving', 'say_goodbye'), caller_there: null },
  prompted_once: {
    prompt_due: go('prompted_twice', 'prompt'),
    end_due: go('leaving', 'say_goodbye'),
    caller_there: go('waiting'),
  },
  prompted_twice: { prompt_due: null, end_due: go('leaving', 'say_goodbye'), caller_there: go('waiting') },
  leaving: { prompt_due: null, end_due: null, caller_there: go('waiting') },
};
