import type { TransitionTable } from '../transition-table.ts';

/** ending: our BYE waits for its answer. */
export type EstablishedCallState = 'established' | 'ending' | 'ended';

/** `unacknowledged`: the peer does not know the dialog any more, or acknowledged nothing. */
export type EstablishedCallEvent = 'hangup' | 'unacknowledged' | 'expired' | 'bye' | 'byeDone' | 'abandoned';

export type EstablishedCallAction = 'sendBye' | 'noteRemote' | 'noteTimeout' | 'noteExpired' | 'finish';

/** A call after INVITE and ACK (RFC 3261 15, RFC 4028 10): what is left of both sides' tables. */
export const establishedCallTable: TransitionTable<EstablishedCallState, EstablishedCallEvent, EstablishedCallAction> =
  {
    established: {
      hangup: { next: 'ending', actions: ['sendBye'] },
      unacknowledged: { next: 'ending', actions: ['noteTimeout', 'sendBye'] },
      expired: { next: 'ending', actions: ['noteExpired', 'sendBye'] },
      bye: { next: 'ended', actions: ['noteRemote', 'finish'] },
      abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
    },
    ending: {
      byeDone: { next: 'ended', actions: ['finish'] },
      abandoned: { next: 'ended', actions: ['noteTimeout', 'finish'] },
    },
    ended: {},
  };
