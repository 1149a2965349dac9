import type { TransitionTable } from '../transition-table.ts';

/**
 * proceeding: 100 is out. answered: 200 is out, no ACK yet. leaving: as answered, but to be hung up once the ACK is
 * here (RFC 3261 15 forbids BYE before). ending: our BYE waits for its answer.
 */
export type IncomingCallState = 'proceeding' | 'answered' | 'leaving' | 'established' | 'ending' | 'ended';

export type IncomingCallEvent =
  | 'ring'
  | 'answer'
  | 'refuse'
  | 'hangup'
  | 'fault'
  | 'cancel'
  | 'acknowledged'
  | 'unacknowledged'
  | 'bye'
  | 'byeDone'
  | 'nobodyAnswered'
  | 'abandoned';

export type IncomingCallAction =
  | 'sendRinging'
  | 'sendSuccess'
  | 'sendRefusal'
  | 'sendUnavailable'
  | 'sendFault'
  | 'sendTerminated'
  | 'sendBye'
  | 'reportAcknowledged'
  | 'reportCancelled'
  | 'noteRemote'
  | 'noteTimeout'
  | 'finish';

export const incomingCallTable: TransitionTable<IncomingCallState, IncomingCallEvent, IncomingCallAction> = {
  proceeding: {
    ring: { next: 'proceeding', actions: ['sendRinging'] },
    answer: { next: 'answered', actions: ['sendSuccess'] },
    refuse: { next: 'ended', actions: ['sendRefusal', 'finish'] },
    hangup: { next: 'ended', actions: ['sendUnavailable', 'finish'] },
    fault: { next: 'ended', actions: ['sendFault', 'finish'] },
    cancel: { next: 'ended', actions: ['sendTerminated', 'reportCancelled'] },
    bye: { next: 'ended', actions: ['sendTerminated', 'noteRemote', 'finish'] },
    nobodyAnswered: { next: 'ended', actions: ['noteTimeout', 'sendUnavailable', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
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
