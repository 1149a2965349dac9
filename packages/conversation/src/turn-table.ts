import { go, type TransitionTable } from './transition-table.ts';

/** What the agent does with its voice. */
export type TurnState =
  | 'idle'
  /** The floor is free. */
  | 'listening'
  /** A reply or sentence is on its way; nothing of it was heard. */
  | 'thinking'
  | 'speaking'
  /** The caller took the floor; the rest of the speech is kept until the caller's words are known. */
  | 'yielded'
  | 'ended';

export type TurnEvent =
  | 'start'
  /** Caller words to answer. */
  | 'answer'
  /** A sentence that is not the model's. */
  | 'say'
  /** The first frame with sound was given out. */
  | 'first_sound'
  /** The last sample was given out and nothing follows. */
  | 'done'
  | 'yield'
  | 'resume'
  /** Gives up the speech. */
  | 'drop'
  | 'end';

export type TurnEffect =
  | 'greet'
  | 'ask_model'
  | 'speak_text'
  /** Records the words that were heard so far. */
  | 'record_heard'
  | 'drop_speech'
  | 'finish_speech'
  | 'hold_voice'
  | 'free_voice'
  | 'hang_up';

export const turnTable: TransitionTable<TurnState, TurnEvent, TurnEffect> = {
  idle: {
    start: go('thinking', 'greet'),
    answer: null,
    say: null,
    first_sound: null,
    done: null,
    yield: null,
    resume: null,
    drop: null,
    end: go('ended', 'drop_speech', 'hang_up'),
  },
  listening: {
    start: null,
    answer: go('thinking', 'ask_model'),
    say: go('thinking', 'speak_text'),
    first_sound: null,
    done: null,
    yield: null,
    resume: null,
    drop: null,
    end: go('ended', 'hang_up'),
  },
  thinking: {
    start: null,
    answer: go('thinking', 'drop_speech', 'ask_model'),
    say: go('thinking', 'drop_speech', 'speak_text'),
    first_sound: go('speaking'),
    done: go('listening', 'finish_speech'),
    yield: null,
    resume: null,
    drop: go('listening', 'drop_speech'),
    end: go('ended', 'drop_speech', 'hang_up'),
  },
  speaking: {
    start: null,
    answer: go('thinking', 'record_heard', 'drop_speech', 'ask_model'),
    say: go('thinking', 'record_heard', 'drop_speech', 'speak_text'),
    first_sound: null,
    done: go('listening', 'finish_speech'),
    yield: go('yielded', 'hold_voice', 'record_heard'),
    resume: null,
    drop: go('listening', 'record_heard', 'drop_speech'),
    end: go('ended', 'record_heard', 'drop_speech', 'hang_up'),
  },
  yielded: {
    start: null,
    answer: go('thinking', 'drop_speech', 'ask_model'),
    say: go('thinking', 'drop_speech', 'speak_text'),
    first_sound: null,
    done: null,
    yield: null,
    resume: go('thinking', 'free_voice'),
    drop: go('listening', 'drop_speech'),
    end: go('ended', 'drop_speech', 'hang_up'),
  },
  ended: {
    start: null,
    answer: null,
    say: null,
    first_sound: null,
    done: null,
    yield: null,
    resume: null,
    drop: null,
    end: null,
  },
};
