/** What becomes of a call whose sound does not come, or stops coming, as a transition table; `MediaWatch` carries it out. */

export type MediaWatchState =
  /** The media have just begun. */
  | 'waiting'
  /** Nothing ever came, and that has been told. */
  | 'one_way'
  | 'flowing'
  /** Nothing came for long: the other side is asked in the signalling whether it is still there. */
  | 'asking'
  /** It is: some telephones send nothing while nobody speaks. */
  | 'waited_for';

export type MediaWatchEvent =
  | 'arrived'
  /** Nothing at all in the first seconds. */
  | 'nothing_yet'
  /** Nothing for long, without hold or comfort noise. */
  | 'silent'
  | 'answered';

export type MediaWatchEffect = 'tell_never' | 'tell_flowing' | 'tell_stopped' | 'ask';

interface Transition {
  readonly to: MediaWatchState;
  readonly effects: readonly MediaWatchEffect[];
}

const go = (to: MediaWatchState, ...effects: MediaWatchEffect[]): Transition => ({ to, effects });

/** Null: the event says nothing new in this state. */
export const mediaWatchTable: Readonly<Record<MediaWatchState, Readonly<Record<MediaWatchEvent, Transition | null>>>> =
  {
    waiting: {
      arrived: go('flowing'),
      nothing_yet: go('one_way', 'tell_never'),
      silent: go('asking', 'ask'),
      answered: null,
    },
    one_way: {
      arrived: go('flowing', 'tell_flowing'),
      nothing_yet: null,
      silent: go('asking', 'ask'),
      answered: null,
    },
    flowing: {
      arrived: null,
      nothing_yet: null,
      silent: go('asking', 'tell_stopped', 'ask'),
      answered: null,
    },
    asking: {
      arrived: go('flowing', 'tell_flowing'),
      nothing_yet: null,
      silent: null,
      answered: go('waited_for'),
    },
    waited_for: {
      arrived: go('flowing', 'tell_flowing'),
      nothing_yet: null,
      silent: go('asking', 'ask'),
      answered: null,
    },
  };
