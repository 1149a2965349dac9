/** Life of an inbound call as a transition table; the effects are carried out by `IncomingCallHandler`. */

export type CallState = 'preparing' | 'answered' | 'closing' | 'ended';

export type CallStimulus =
  /** Routed, stored, media port and greeting ready. */
  | 'prepared'
  /** No agent, no codec, no port, store down. */
  | 'turned_away'
  | 'caller_cancelled'
  | 'caller_hung_up'
  /** Signalling gave up: no ACK, no answer to a request. */
  | 'signalling_lost'
  /** Nobody refreshed the session; the stack has sent the BYE (RFC 4028 10). */
  | 'session_expired'
  | 'conversation_over'
  | 'failed'
  | 'stopped_by_operator'
  /** The media thread has written the last event and freed everything. */
  | 'media_closed';

export type CallEffect =
  | 'answer'
  | 'start_media'
  /** Final non-2xx answer. */
  | 'refuse'
  /** BYE with a Reason. */
  | 'hang_up'
  /** Ask the media thread to end and to write the `ended` event. */
  | 'stop_media'
  /** Write the `ended` event here: the media thread never owned the record. */
  | 'record_end'
  | 'release';

interface Transition {
  readonly to: CallState;
  readonly effects: readonly CallEffect[];
}

const stay = (state: CallState): Transition => ({ to: state, effects: [] });
const turnedAway: Transition = { to: 'ended', effects: ['refuse', 'record_end', 'release'] };
const gone: Transition = { to: 'ended', effects: ['record_end', 'release'] };
const weHangUp: Transition = { to: 'closing', effects: ['hang_up', 'stop_media'] };
const theyHungUp: Transition = { to: 'closing', effects: ['stop_media'] };

export const callTransitions: Readonly<Record<CallState, Readonly<Record<CallStimulus, Transition>>>> = {
  preparing: {
    prepared: { to: 'answered', effects: ['answer', 'start_media'] },
    turned_away: turnedAway,
    caller_cancelled: gone,
    // A BYE on the early dialog: the stack has answered the INVITE with 487.
    caller_hung_up: gone,
    signalling_lost: gone,
    session_expired: stay('preparing'),
    conversation_over: turnedAway,
    failed: turnedAway,
    stopped_by_operator: turnedAway,
    media_closed: stay('preparing'),
  },
  answered: {
    prepared: stay('answered'),
    turned_away: weHangUp,
    // A CANCEL that crossed our 200 has no effect (RFC 3261 9.2).
    caller_cancelled: stay('answered'),
    caller_hung_up: theyHungUp,
    signalling_lost: theyHungUp,
    session_expired: theyHungUp,
    conversation_over: weHangUp,
    failed: weHangUp,
    stopped_by_operator: weHangUp,
    // The thread died under the call: nobody else can write the end.
    media_closed: { to: 'ended', effects: ['hang_up', 'record_end', 'release'] },
  },
  closing: {
    prepared: stay('closing'),
    turned_away: stay('closing'),
    caller_cancelled: stay('closing'),
    caller_hung_up: stay('closing'),
    signalling_lost: stay('closing'),
    session_expired: stay('closing'),
    conversation_over: stay('closing'),
    failed: stay('closing'),
    stopped_by_operator: stay('closing'),
    media_closed: { to: 'ended', effects: ['release'] },
  },
  ended: {
    prepared: stay('ended'),
    turned_away: stay('ended'),
    caller_cancelled: stay('ended'),
    caller_hung_up: stay('ended'),
    signalling_lost: stay('ended'),
    session_expired: stay('ended'),
    conversation_over: stay('ended'),
    failed: stay('ended'),
    stopped_by_operator: stay('ended'),
    media_closed: stay('ended'),
  },
};
