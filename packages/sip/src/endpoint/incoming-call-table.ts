import type { TransitionTable } from '../transition-table.ts';

/**
 * proceeding: 100 is out. answering: to be answered once the PRACK for our early description is here (RFC 3262 3). answered: 200 is out, no ACK yet. leaving: as answered, but to be hung up once the ACK is
 * here (RFC 3261 15 forbids BYE before). ending: our BYE waits for its answer.
 */
export type IncomingCallState =
  | 'proceeding'
  | 'answering'
  | 'answered'
  | 'leaving'
  | 'established'
  | 'ending'
  | 'ended';

export type IncomingCallEvent =
  | 'ring'
  | 'progress'
  | 'answer'
  | 'answerLater'
  | 'pracked'
  | 'unpracked'
  | 'refuse'
  | 'hangup'
  | 'fault'
  | 'cancel'
  | 'acknowledged'
  | 'unacknowledged'
  | 'expired'
  | 'bye'
  | 'byeDone'
  | 'nobodyAnswered'
  | 'abandoned';

export type IncomingCallAction =
  | 'sendRinging'
  | 'sendProgress'
  | 'sendSuccess'
  | 'sendRefusal'
  | 'sendUnavailable'
  | 'sendUnpracked'
  | 'sendFault'
  | 'sendTerminated'
  | 'sendBye'
  | 'reportAcknowledged'
  | 'reportCancelled'
  | 'noteRemote'
  | 'noteTimeout'
  | 'noteExpired'
  | 'finish';

/** Every way out of a call that is not answered. */
const unanswered = {
  refuse: { next: 'ended', actions: ['sendRefusal', 'finish'] },
  hangup: { next: 'ended', actions: ['sendUnavailable', 'finish'] },
  fault: { next: 'ended', actions: ['sendFault', 'finish'] },
  cancel: { next: 'ended', actions: ['sendTerminated', 'reportCancelled'] },
  bye: { next: 'ended', actions: ['sendTerminated', 'noteRemote', 'finish'] },
  unpracked: { next: 'ended', actions: ['noteTimeout', 'sendUnpracked', 'finish'] },
  nobodyAnswered: { next: 'ended', actions: ['noteTimeout', 'sendUnavailable', 'finish'] },
  abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
} as const;

export const incomingCallTable: TransitionTable<IncomingCallState, IncomingCallEvent, IncomingCallAction> = {
  proceeding: {
    ...unanswered,
    ring: { next: 'proceeding', actions: ['sendRinging'] },
    progress: { next: 'proceeding', actions: ['sendProgress'] },
    answer: { next: 'answered', actions: ['sendSuccess'] },
    answerLater: { next: 'answering' },
  },
  answering: {
    ...unanswered,
    pracked: { next: 'answered', actions: ['sendSuccess'] },
  },
  answered: {
    acknowledged: { next: 'established', actions: ['reportAcknowledged'] },
    unacknowledged: { next: 'ending', actions: ['noteTimeout', 'sendBye'] },
    hangup: { next: 'leaving' },
    fault: { next: 'leaving' },
    bye: { next: 'ended', actions: ['noteRemote', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  leaving: {
    acknowledged: { next: 'ending', actions: ['sendBye'] },
    unacknowledged: { next: 'ending', actions: ['sendBye'] },
    bye: { next: 'ended', actions: ['noteRemote', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  established: {
    unacknowledged: { next: 'ending', actions: ['noteTimeout', 'sendBye'] },
    expired: { next: 'ending', actions: ['noteExpired', 'sendBye'] },
    hangup: { next: 'ending', actions: ['sendBye'] },
    fault: { next: 'ending', actions: ['sendBye'] },
    bye: { next: 'ended', actions: ['noteRemote', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  ending: {
    byeDone: { next: 'ended', actions: ['finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  ended: {},
};
