import type { TransitionTable } from '../transition-table.ts';

/** Responses by class, a failed send or lost connection, and the timers. */
export type ClientEvent =
  | 'provisional'
  | 'success'
  | 'failure'
  | 'transportError'
  | 'timerA'
  | 'timerB'
  | 'timerD'
  | 'timerM'
  | 'timerE'
  | 'timerF'
  | 'timerK';

export type ClientAction =
  | 'send'
  | 'sendAck'
  | 'deliver'
  | 'reportTimeout'
  | 'reportTransportError'
  | 'startA'
  | 'startB'
  | 'startD'
  | 'startM'
  | 'startE'
  | 'startE2'
  | 'startF'
  | 'startK'
  | 'stopTimers'
  | 'finish';

export type InviteClientState = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated';

/** RFC 3261 17.1.1 with the Accepted state of RFC 6026 8.4: repeated 2xx still reach the caller for 64*T1. */
export const inviteClientTable: TransitionTable<InviteClientState, ClientEvent, ClientAction> = {
  calling: {
    timerA: { next: 'calling', actions: ['send', 'startA'] },
    timerB: { next: 'terminated', actions: ['finish', 'reportTimeout'] },
    transportError: { next: 'terminated', actions: ['finish', 'reportTransportError'] },
    provisional: { next: 'proceeding', actions: ['stopTimers', 'deliver'] },
    success: { next: 'accepted', actions: ['stopTimers', 'startM', 'deliver'] },
    failure: { next: 'completed', actions: ['stopTimers', 'sendAck', 'deliver', 'startD'] },
  },
  proceeding: {
    provisional: { next: 'proceeding', actions: ['deliver'] },
    success: { next: 'accepted', actions: ['startM', 'deliver'] },
    failure: { next: 'completed', actions: ['sendAck', 'deliver', 'startD'] },
    // The RFC only knows failed sends; a lost connection would leave the caller waiting for ever.
    transportError: { next: 'terminated', actions: ['finish', 'reportTransportError'] },
  },
  completed: {
    failure: { next: 'completed', actions: ['sendAck'] },
    timerD: { next: 'terminated', actions: ['finish'] },
    transportError: { next: 'terminated', actions: ['finish'] },
  },
  accepted: {
    success: { next: 'accepted', actions: ['deliver'] },
    timerM: { next: 'terminated', actions: ['finish'] },
  },
  terminated: {},
};

export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated';

/** RFC 3261 17.1.2. */
export const nonInviteClientTable: TransitionTable<NonInviteClientState, ClientEvent, ClientAction> = {
  trying: {
    timerE: { next: 'trying', actions: ['send', 'startE'] },
    timerF: { next: 'terminated', actions: ['finish', 'reportTimeout'] },
    transportError: { next: 'terminated', actions: ['finish', 'reportTransportError'] },
    provisional: { next: 'proceeding', actions: ['deliver'] },
    success: { next: 'completed', actions: ['stopTimers', 'deliver', 'startK'] },
    failure: { next: 'completed', actions: ['stopTimers', 'deliver', 'startK'] },
  },
  proceeding: {
    timerE: { next: 'proceeding', actions: ['send', 'startE2'] },
    timerF: { next: 'terminated', actions: ['finish', 'reportTimeout'] },
    transportError: { next: 'terminated', actions: ['finish', 'reportTransportError'] },
    provisional: { next: 'proceeding', actions: ['deliver'] },
    success: { next: 'completed', actions: ['stopTimers', 'deliver', 'startK'] },
    failure: { next: 'completed', actions: ['stopTimers', 'deliver', 'startK'] },
  },
  completed: {
    timerK: { next: 'terminated', actions: ['finish'] },
  },
  terminated: {},
};
