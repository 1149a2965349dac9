import type { TransitionTable } from '../transition-table.ts';

/**
 * Who has offered what (RFC 3264 4, RFC 6337 2). none: nothing yet. offered: our first offer waits for its answer.
 * received: theirs waits for ours. agreed: a session is described. reoffered and rereceived: the same with a session to
 * fall back to (RFC 6141 3).
 */
export type OfferAnswerState = 'none' | 'offered' | 'received' | 'agreed' | 'reoffered' | 'rereceived';

export type OfferAnswerEvent = 'offerSent' | 'offerReceived' | 'answerSent' | 'answerReceived' | 'rejected';

/** `commit`: the pending descriptions are in force. `discard`: those before them stay. */
export type OfferAnswerAction = 'commit' | 'discard';

/** A missing cell is against the rules: one offer at a time, and answers only to offers. */
export const offerAnswerTable: TransitionTable<OfferAnswerState, OfferAnswerEvent, OfferAnswerAction> = {
  none: {
    offerSent: { next: 'offered' },
    offerReceived: { next: 'received' },
  },
  offered: {
    answerReceived: { next: 'agreed', actions: ['commit'] },
    rejected: { next: 'none', actions: ['discard'] },
  },
  received: {
    answerSent: { next: 'agreed', actions: ['commit'] },
    rejected: { next: 'none', actions: ['discard'] },
  },
  agreed: {
    offerSent: { next: 'reoffered' },
    offerReceived: { next: 'rereceived' },
  },
  reoffered: {
    answerReceived: { next: 'agreed', actions: ['commit'] },
    rejected: { next: 'agreed', actions: ['discard'] },
  },
  rereceived: {
    answerSent: { next: 'agreed', actions: ['commit'] },
    rejected: { next: 'agreed', actions: ['discard'] },
  },
};
