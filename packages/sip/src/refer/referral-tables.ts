import type { TransitionTable } from '../transition-table.ts';

/**
 * referring: our REFER has no answer. parted: neither, and the call is over by now, as when 202 and BYE come in one
 * segment. subscribed: it was accepted, and the peer owes us news (RFC 3515 2.4.4).
 * told: the outcome is known, the subscription not over.
 */
export type SentReferralState = 'referring' | 'parted' | 'subscribed' | 'told' | 'over';

/**
 * NOTIFY by what it says: `progress` has a provisional status, `finished` a final one, `concluded` a final one and the
 * end of the subscription, `terminated` only the end. `dialogOver`: one of us has hung up.
 */
export type SentReferralEvent =
  | 'accepted'
  | 'acceptedSilently'
  | 'refused'
  | 'unanswered'
  | 'progress'
  | 'finished'
  | 'concluded'
  | 'terminated'
  | 'expired'
  | 'dialogOver';

export type SentReferralAction =
  | 'startExpiry'
  | 'startPatience'
  | 'reportProgress'
  | 'reportFinished'
  | 'reportRefused'
  | 'reportUntold'
  | 'finish';

/** What ends a REFER that has no answer, whether or not the call goes on. */
const unanswered = {
  acceptedSilently: { next: 'over', actions: ['reportUntold', 'finish'] },
  refused: { next: 'over', actions: ['reportRefused', 'finish'] },
  unanswered: { next: 'over', actions: ['reportUntold', 'finish'] },
  concluded: { next: 'over', actions: ['reportFinished', 'finish'] },
  terminated: { next: 'over', actions: ['reportUntold', 'finish'] },
} as const;

/** NOTIFY may come before the answer to the REFER, and BYE before or after either (RFC 3515 2.4.4, RFC 5057 4). */
export const sentReferralTable: TransitionTable<SentReferralState, SentReferralEvent, SentReferralAction> = {
  referring: {
    ...unanswered,
    accepted: { next: 'subscribed', actions: ['startExpiry'] },
    progress: { next: 'referring', actions: ['reportProgress'] },
    finished: { next: 'told', actions: ['startExpiry', 'reportFinished'] },
    dialogOver: { next: 'parted' },
  },
  parted: {
    ...unanswered,
    accepted: { next: 'subscribed', actions: ['startPatience'] },
    progress: { next: 'parted', actions: ['reportProgress'] },
    finished: { next: 'told', actions: ['startPatience', 'reportFinished'] },
  },
  subscribed: {
    progress: { next: 'subscribed', actions: ['startExpiry', 'reportProgress'] },
    finished: { next: 'told', actions: ['reportFinished'] },
    concluded: { next: 'over', actions: ['reportFinished', 'finish'] },
    terminated: { next: 'over', actions: ['reportUntold', 'finish'] },
    expired: { next: 'over', actions: ['reportUntold', 'finish'] },
    dialogOver: { next: 'subscribed', actions: ['startPatience'] },
  },
  told: {
    refused: { next: 'over', actions: ['finish'] },
    concluded: { next: 'over', actions: ['finish'] },
    terminated: { next: 'over', actions: ['finish'] },
    expired: { next: 'over', actions: ['finish'] },
    dialogOver: { next: 'told', actions: ['startPatience'] },
  },
  over: {},
};

/** undecided: a REFER waits for our answer. active: it was accepted, and we owe the peer news. */
export type ReceivedReferralState = 'undecided' | 'active' | 'over';

export type ReceivedReferralEvent =
  | 'accept'
  | 'acceptSilently'
  | 'refuse'
  | 'progress'
  | 'finished'
  | 'unsubscribed'
  | 'notifyFailed'
  | 'expired';

export type ReceivedReferralAction =
  | 'startExpiry'
  | 'sendAccepted'
  | 'sendRefusal'
  | 'notifyProgress'
  | 'notifyFinal'
  | 'notifyTimeout'
  | 'finish';

export const receivedReferralTable: TransitionTable<
  ReceivedReferralState,
  ReceivedReferralEvent,
  ReceivedReferralAction
> = {
  undecided: {
    // RFC 3515 2.4.4: the first NOTIFY follows at once.
    accept: { next: 'active', actions: ['sendAccepted', 'startExpiry', 'notifyProgress'] },
    acceptSilently: { next: 'over', actions: ['sendAccepted', 'finish'] },
    refuse: { next: 'over', actions: ['sendRefusal', 'finish'] },
    expired: { next: 'over', actions: ['sendRefusal', 'finish'] },
  },
  active: {
    progress: { next: 'active', actions: ['notifyProgress'] },
    finished: { next: 'over', actions: ['notifyFinal', 'finish'] },
    unsubscribed: { next: 'over', actions: ['notifyTimeout', 'finish'] },
    notifyFailed: { next: 'over', actions: ['finish'] },
    expired: { next: 'over', actions: ['notifyTimeout', 'finish'] },
  },
  over: {},
};
