import { go, type TransitionTable } from './transition-table.ts';

/** How far the caller has come in taking the floor from the speaking agent (contract: interruption has three steps). */
export type InterruptionState =
  | 'none'
  /** A reply is on its way while the caller speaks: it waits. */
  | 'held'
  /** A first sign of speech: quieter at once, since waiting until it is certain takes longer than the 120 ms allowed. */
  | 'suspected'
  | 'ducked'
  | 'paused'
  /** The caller has the floor; the rest of the speech is kept until the words are known. */
  | 'committed';

export type InterruptionEvent =
  | 'onset_while_thinking'
  | 'onset_while_speaking'
  | 'suspicion'
  | 'suspicion_gone'
  /** The caller's speech lasts longer than a cough. */
  | 'lasting'
  /** The caller's speech is longer than any back-channel. */
  | 'long_speech'
  /** A word that is not just a back-channel. */
  | 'word'
  /** "Stop", "wait", "no": nobody wants to hear the rest. */
  | 'stop_word'
  /** Nothing but back-channel words, or no words at all, for too long. */
  | 'wordless'
  /** Speech went on and on without a single word. */
  | 'still_wordless'
  | 'accepted'
  | 'rejected'
  /** The agent's speech is over or was replaced. */
  | 'speech_over';

export type InterruptionEffect =
  | 'soften'
  | 'duck'
  | 'pause'
  | 'commit_word'
  | 'commit_stop_word'
  | 'commit_long_speech'
  | 'commit_accepted'
  | 'resume_wordless'
  | 'resume_rejected'
  | 'hold'
  | 'release'
  | 'drop';

export const interruptionTable: TransitionTable<InterruptionState, InterruptionEvent, InterruptionEffect> = {
  none: {
    onset_while_thinking: go('held', 'hold'),
    onset_while_speaking: go('ducked', 'duck'),
    suspicion: go('suspected', 'soften'),
    suspicion_gone: null,
    lasting: null,
    long_speech: null,
    word: go('committed', 'commit_word'),
    stop_word: go('none', 'commit_stop_word', 'drop'),
    wordless: null,
    still_wordless: null,
    accepted: go('none', 'commit_accepted', 'drop'),
    rejected: null,
    speech_over: null,
  },
  held: {
    onset_while_thinking: null,
    onset_while_speaking: null,
    suspicion: null,
    suspicion_gone: null,
    lasting: null,
    long_speech: null,
    word: null,
    stop_word: null,
    wordless: go('none', 'release'),
    still_wordless: null,
    accepted: go('none', 'release'),
    rejected: go('none', 'release'),
    speech_over: go('none', 'release'),
  },
  suspected: {
    onset_while_thinking: go('held', 'release', 'hold'),
    onset_while_speaking: go('ducked', 'duck'),
    suspicion: null,
    suspicion_gone: go('none', 'release'),
    lasting: null,
    long_speech: null,
    word: go('committed', 'commit_word'),
    stop_word: go('none', 'commit_stop_word', 'drop'),
    wordless: null,
    still_wordless: null,
    accepted: go('none', 'commit_accepted', 'drop'),
    rejected: go('none', 'release'),
    speech_over: go('none', 'release'),
  },
  ducked: {
    onset_while_thinking: null,
    onset_while_speaking: null,
    suspicion: null,
    suspicion_gone: null,
    lasting: go('paused', 'pause'),
    long_speech: go('committed', 'commit_long_speech'),
    word: go('committed', 'commit_word'),
    stop_word: go('none', 'commit_stop_word', 'drop'),
    wordless: go('none', 'resume_wordless'),
    still_wordless: null,
    accepted: go('none', 'commit_accepted', 'drop'),
    rejected: go('none', 'resume_rejected'),
    speech_over: go('none', 'release'),
  },
  paused: {
    onset_while_thinking: null,
    onset_while_speaking: null,
    suspicion: null,
    suspicion_gone: null,
    lasting: null,
    long_speech: go('committed', 'commit_long_speech'),
    word: go('committed', 'commit_word'),
    stop_word: go('none', 'commit_stop_word', 'drop'),
    wordless: go('none', 'resume_wordless'),
    still_wordless: null,
    accepted: go('none', 'commit_accepted', 'drop'),
    rejected: go('none', 'resume_rejected'),
    speech_over: go('none', 'release'),
  },
  committed: {
    onset_while_thinking: null,
    onset_while_speaking: null,
    suspicion: null,
    suspicion_gone: null,
    lasting: null,
    long_speech: null,
    word: null,
    stop_word: go('none', 'drop'),
    wordless: null,
    still_wordless: go('none', 'resume_wordless'),
    accepted: go('none', 'drop'),
    rejected: go('none', 'resume_rejected'),
    speech_over: go('none', 'release'),
  },
};
