/** Life of a call that we make as a transition table; the effects are carried out by `OutgoingCallHandler`. */

/**
 * preparing: the record and the media port are being made. dialling: the INVITE is out. ringing: somebody or something has
 * it. withdrawing: given up by us, and the other side has not said its last word. closing: over, and the media thread
 * writes the last events.
 */
export type OutgoingState = 'preparing' | 'dialling' | 'ringing' | 'answered' | 'withdrawing' | 'closing' | 'ended';

export type OutgoingStimulus =
  /** Stored, media port and sound ready. */
  | 'prepared'
  /** Store down, no port. */
  | 'not_prepared'
  /** A 101 to 199. */
  | 'provisional'
  | 'answered'
  /** A 2xx whose description we cannot use. */
  | 'answered_in_vain'
  | 'refused'
  /** Nobody answered for as long as we ring. */
  | 'rang_too_long'
  | 'they_hung_up'
  /** Signalling gave up: nobody answers our requests any more. */
  | 'signalling_lost'
  /** The last words are said. */
  | 'speech_over'
  | 'failed'
  | 'stopped'
  /** The media thread has written the last event and freed everything, or died. */
  | 'media_closed';

export type OutgoingEffect =
  | 'dial'
  | 'record_ringing'
  | 'record_answer'
  | 'start_media'
  /** CANCEL before the final answer, BYE after it; the stack knows which, also when the two cross (RFC 3261 9.1, 15). */
  | 'hang_up'
  /** Ask the media thread to end and to write the `ended` event. */
  | 'stop_media'
  /** Write the `ended` event here: the media thread never owned the record. */
  | 'record_end'
  | 'release';

interface Transition {
  readonly to: OutgoingState;
  readonly effects: readonly OutgoingEffect[];
}

const stay = (state: OutgoingState): Transition => ({ to: state, effects: [] });
const over: Transition = { to: 'ended', effects: ['record_end', 'release'] };
const withdraw: Transition = { to: 'withdrawing', effects: ['hang_up'] };
const answer: Transition = { to: 'answered', effects: ['record_answer', 'start_media'] };
const weHangUp: Transition = { to: 'closing', effects: ['hang_up', 'stop_media'] };
const theyHungUp: Transition = { to: 'closing', effects: ['stop_media'] };

/** What is the same before and after the first sign of ringing. */
const waiting = {
  answered: answer,
  answered_in_vain: withdraw,
  refused: over,
  rang_too_long: withdraw,
  they_hung_up: over,
  signalling_lost: over,
  failed: withdraw,
  stopped: withdraw,
  // The thread died before anybody answered: nobody would hear us.
  media_closed: withdraw,
} as const satisfies Partial<Record<OutgoingStimulus, Transition>>;

export const outgoingTransitions: Readonly<Record<OutgoingState, Readonly<Record<OutgoingStimulus, Transition>>>> = {
  preparing: {
    prepared: { to: 'dialling', effects: ['dial'] },
    not_prepared: over,
    provisional: stay('preparing'),
    answered: stay('preparing'),
    answered_in_vain: stay('preparing'),
    refused: stay('preparing'),
    rang_too_long: stay('preparing'),
    they_hung_up: stay('preparing'),
    signalling_lost: stay('preparing'),
    speech_over: stay('preparing'),
    failed: over,
    stopped: over,
    media_closed: over,
  },
  dialling: {
    ...waiting,
    prepared: stay('dialling'),
    not_prepared: stay('dialling'),
    provisional: { to: 'ringing', effects: ['record_ringing'] },
    speech_over: stay('dialling'),
  },
  ringing: {
    ...waiting,
    prepared: stay('ringing'),
    not_prepared: stay('ringing'),
    // A second 180 or 183, and those of other branches.
    provisional: stay('ringing'),
    speech_over: stay('ringing'),
  },
  answered: {
    prepared: stay('answered'),
    not_prepared: stay('answered'),
    // Forked late, or reordered on the way.
    provisional: stay('answered'),
    answered: stay('answered'),
    answered_in_vain: stay('answered'),
    refused: stay('answered'),
    // The timer and the 200 crossed: the answer counts.
    rang_too_long: stay('answered'),
    they_hung_up: theyHungUp,
    signalling_lost: theyHungUp,
    speech_over: weHangUp,
    failed: weHangUp,
    stopped: weHangUp,
    media_closed: { to: 'ended', effects: ['hang_up', 'record_end', 'release'] },
  },
  withdrawing: {
    prepared: stay('withdrawing'),
    not_prepared: stay('withdrawing'),
    provisional: stay('withdrawing'),
    // A 200 that crossed our CANCEL: the stack acknowledges it and sends BYE (RFC 3261 9.1).
    answered: stay('withdrawing'),
    answered_in_vain: stay('withdrawing'),
    refused: over,
    rang_too_long: stay('withdrawing'),
    they_hung_up: over,
    signalling_lost: over,
    speech_over: stay('withdrawing'),
    failed: stay('withdrawing'),
    stopped: stay('withdrawing'),
    media_closed: stay('withdrawing'),
  },
  closing: {
    prepared: stay('closing'),
    not_prepared: stay('closing'),
    provisional: stay('closing'),
    answered: stay('closing'),
    answered_in_vain: stay('closing'),
    refused: stay('closing'),
    rang_too_long: stay('closing'),
    they_hung_up: stay('closing'),
    signalling_lost: stay('closing'),
    speech_over: stay('closing'),
    failed: stay('closing'),
    stopped: stay('closing'),
    media_closed: { to: 'ended', effects: ['release'] },
  },
  ended: {
    prepared: stay('ended'),
    not_prepared: stay('ended'),
    provisional: stay('ended'),
    answered: stay('ended'),
    answered_in_vain: stay('ended'),
    refused: stay('ended'),
    rang_too_long: stay('ended'),
    they_hung_up: stay('ended'),
    signalling_lost: stay('ended'),
    speech_over: stay('ended'),
    failed: stay('ended'),
    stopped: stay('ended'),
    media_closed: stay('ended'),
  },
};
