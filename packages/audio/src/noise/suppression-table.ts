/** When noise suppression is switched in and out, as a table: it costs 18 ms and some of a clean voice, so it runs only in noise. */

export type SuppressionState =
  /** The sound passes as it is. */
  | 'out'
  /** The network listens along until it knows the noise; the sound passes as it is. */
  | 'warming'
  | 'in';

/** What a frame says, the first that holds: all of them in a pause of the caller, where a switch cuts no word. */
export type SuppressionEvent =
  /** Noise is louder than the border to switch in. */
  | 'noisy'
  /** Noise is lower than the border to switch out. */
  | 'clear'
  /** The network has heard enough, and it is still no clearer. */
  | 'warm';

export type SuppressionEffect = 'begin' | 'fade_in' | 'fade_out' | 'end';

interface Transition {
  readonly to: SuppressionState;
  readonly effects: readonly SuppressionEffect[];
}

export const suppressionTable: Readonly<
  Record<SuppressionState, Readonly<Record<SuppressionEvent, Transition | null>>>
> = {
  out: {
    noisy: { to: 'warming', effects: ['begin'] },
    clear: null,
    warm: null,
  },
  warming: {
    noisy: null,
    clear: { to: 'out', effects: ['end'] },
    warm: { to: 'in', effects: ['fade_in'] },
  },
  in: {
    noisy: null,
    clear: { to: 'out', effects: ['fade_out', 'end'] },
    warm: null,
  },
};
