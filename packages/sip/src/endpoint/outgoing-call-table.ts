import type { TransitionTable } from '../transition-table.ts';

/**
 * preparing: looking for a way. calling: INVITE is out, nothing came back. withdrawing: to be cancelled as soon as a
 * provisional response allows it (RFC 3261 9.1). cancelling: CANCEL is out. ending: our BYE waits for its answer.
 */
export type OutgoingCallState =
  | 'preparing'
  | 'calling'
  | 'proceeding'
  | 'withdrawing'
  | 'cancelling'
  | 'established'
  | 'ending'
  | 'ended';

export type OutgoingCallEvent =
  | 'ready'
  | 'provisional'
  | 'success'
  | 'failure'
  | 'hangup'
  | 'cancelUnanswered'
  | 'unacknowledged'
  | 'expired'
  | 'bye'
  | 'byeDone'
  | 'challenged'
  | 'rerouted'
  | 'abandoned';

export type OutgoingCallAction =
  | 'findPath'
  | 'sendInvite'
  | 'sendAck'
  | 'sendCancel'
  | 'forgetInvite'
  | 'sendBye'
  | 'reportProvisional'
  | 'reportAnswered'
  | 'reportRefused'
  | 'establish'
  | 'noteRemote'
  | 'noteTimeout'
  | 'noteExpired'
  | 'finish';

export const outgoingCallTable: TransitionTable<OutgoingCallState, OutgoingCallEvent, OutgoingCallAction> = {
  preparing: {
    ready: { next: 'calling', actions: ['sendInvite'] },
    failure: { next: 'ended', actions: ['reportRefused'] },
    hangup: { next: 'ended', actions: ['finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  calling: {
    challenged: { next: 'calling', actions: ['sendInvite'] },
    rerouted: { next: 'preparing', actions: ['findPath'] },
    provisional: { next: 'proceeding', actions: ['reportProvisional'] },
    success: { next: 'established', actions: ['establish', 'sendAck', 'reportAnswered'] },
    failure: { next: 'ended', actions: ['reportRefused'] },
    hangup: { next: 'withdrawing' },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  proceeding: {
    challenged: { next: 'calling', actions: ['sendInvite'] },
    rerouted: { next: 'preparing', actions: ['findPath'] },
    provisional: { next: 'proceeding', actions: ['reportProvisional'] },
    success: { next: 'established', actions: ['establish', 'sendAck', 'reportAnswered'] },
    failure: { next: 'ended', actions: ['reportRefused'] },
    hangup: { next: 'cancelling', actions: ['sendCancel'] },
    // Not for the called side to do (RFC 3261 15), but it is clear what it wants.
    bye: { next: 'cancelling', actions: ['noteRemote', 'sendCancel'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  withdrawing: {
    provisional: { next: 'cancelling', actions: ['sendCancel'] },
    success: { next: 'ending', actions: ['establish', 'sendAck', 'sendBye'] },
    failure: { next: 'ended', actions: ['finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  cancelling: {
    success: { next: 'ending', actions: ['establish', 'sendAck', 'sendBye'] },
    failure: { next: 'ended', actions: ['finish'] },
    cancelUnanswered: { next: 'ended', actions: ['forgetInvite', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  established: {
    success: { next: 'established', actions: ['sendAck'] },
    expired: { next: 'ending', actions: ['noteExpired', 'sendBye'] },
    hangup: { next: 'ending', actions: ['sendBye'] },
    unacknowledged: { next: 'ending', actions: ['noteTimeout', 'sendBye'] },
    bye: { next: 'ended', actions: ['noteRemote', 'finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  ending: {
    success: { next: 'ending', actions: ['sendAck'] },
    byeDone: { next: 'ended', actions: ['finish'] },
    abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
  },
  ended: {},
};
