import { go, type TransitionTable } from './transition-table.ts';

/** The caller's turn: from the first sound to the final words. */
export type HearingState =
  /** No turn is open. */
  | 'quiet'
  /** The caller speaks. */
  | 'speech'
  /** The caller has paused; the turn may go on. */
  | 'trailing'
  /** The turn is over; the final words are on their way. */
  | 'deciding';

export type HearingEvent =
  | 'speech'
  | 'silence'
  /** Short silence: the partial words may be all. */
  | 'pause'
  /** Shortly before the end of the turn. */
  | 'early_end'
  | 'turn_silence'
  /** One stretch of sound became too long for one utterance of the recogniser. */
  | 'part_full'
  | 'too_long'
  /** The recogniser itself ended the turn. */
  | 'provider_end'
  /** Every utterance that was ended has its final words. */
  | 'words'
  | 'failed';

export type HearingEffect =
  | 'open_turn'
  /** The caller goes on: what was guessed from the words so far is stale. */
  | 'go_on'
  | 'guess'
  | 'end_part'
  /** Looks at the words of a part that was ended in the middle of the speech. */
  | 'check_part'
  | 'close_turn'
  | 'judge'
  | 'drop_turn';

export const hearingTable: TransitionTable<HearingState, HearingEvent, HearingEffect> = {
  quiet: {
    speech: go('speech', 'open_turn'),
    silence: null,
    pause: null,
    early_end: null,
    turn_silence: null,
    part_full: null,
    too_long: null,
    provider_end: null,
    words: null,
    failed: null,
  },
  speech: {
    speech: null,
    silence: go('trailing'),
    pause: null,
    early_end: null,
    turn_silence: null,
    part_full: go('speech', 'end_part'),
    too_long: go('deciding', 'close_turn'),
    provider_end: go('deciding', 'close_turn'),
    words: go('speech', 'check_part'),
    failed: go('quiet', 'drop_turn'),
  },
  trailing: {
    speech: go('speech', 'go_on'),
    silence: null,
    pause: go('trailing', 'guess'),
    early_end: go('trailing', 'end_part'),
    turn_silence: go('deciding', 'close_turn'),
    part_full: null,
    too_long: null,
    provider_end: go('deciding', 'close_turn'),
    words: go('trailing', 'guess'),
    failed: go('quiet', 'drop_turn'),
  },
  deciding: {
    speech: go('speech', 'go_on'),
    silence: null,
    pause: null,
    early_end: null,
    turn_silence: null,
    part_full: null,
    too_long: null,
    provider_end: null,
    words: go('quiet', 'judge'),
    failed: go('quiet', 'drop_turn'),
  },
};
