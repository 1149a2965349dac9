import type { TransitionTable } from '../transition-table.ts';

/** `request` is a retransmission; responses are ours, by class. */
export type ServerEvent =
  | 'request'
  | 'ack'
  | 'provisional'
  | 'success'
  | 'failure'
  | 'transportError'
  | 'timerG'
  | 'timerH'
  | 'timerI'
  | 'timerJ'
  | 'timerL';

/** `respond` sends the new response and keeps it, `replay` sends the kept one. */
export type ServerAction =
  | 'respond'
  | 'replay'
  | 'deliverAck'
  | 'startG'
  | 'startH'
  | 'startI'
  | 'startJ'
  | 'startL'
  | 'stopTimers'
  | 'finish';

export type InviteServerState = 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated';

/**
 * RFC 3261 17.2.1 with RFC 6026 8.7: after a 2xx the transaction stays to absorb repeated INVITEs, while the dialog
 * repeats the 2xx.
 */
export const inviteServerTable: TransitionTable<InviteServerState, ServerEvent, ServerAction> = {
  proceeding: {
    request: { next: 'proceeding', actions: ['replay'] },
    provisional: { next: 'proceeding', actions: ['respond'] },
    success: { next: 'accepted', actions: ['startL', 'respond'] },
    failure: { next: 'completed', actions: ['startG', 'startH', 'respond'] },
  },
  completed: {
    request: { next: 'completed', actions: ['replay'] },
    timerG: { next: 'completed', actions: ['replay', 'startG'] },
    timerH: { next: 'terminated', actions: ['finish'] },
    ack: { next: 'confirmed', actions: ['stopTimers', 'startI'] },
  },
  confirmed: {
    timerI: { next: 'terminated', actions: ['finish'] },
  },
  accepted: {
    success: { next: 'accepted', actions: ['respond'] },
    ack: { next: 'accepted', actions: ['deliverAck'] },
    timerL: { next: 'terminated', actions: ['finish'] },
  },
  terminated: {},
};

export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated';

/** RFC 3261 17.2.2. */
export const nonInviteServerTable: TransitionTable<NonInviteServerState, ServerEvent, ServerAction> = {
  trying: {
    provisional: { next: 'proceeding', actions: ['respond'] },
    success: { next: 'completed', actions: ['respond', 'startJ'] },
    failure: { next: 'completed', actions: ['respond', 'startJ'] },
  },
  proceeding: {
    request: { next: 'proceeding', actions: ['replay'] },
    provisional: { next: 'proceeding', actions: ['respond'] },
    success: { next: 'completed', actions: ['respond', 'startJ'] },
    failure: { next: 'completed', actions: ['respond', 'startJ'] },
    transportError: { next: 'terminated', actions: ['finish'] },
  },
  completed: {
    request: { next: 'completed', actions: ['replay'] },
    timerJ: { next: 'terminated', actions: ['finish'] },
    transportError: { next: 'terminated', actions: ['finish'] },
  },
  terminated: {},
};
