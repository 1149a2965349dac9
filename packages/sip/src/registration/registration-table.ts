import type { TransitionTable } from '../transition-table.ts';

export type RegistrationState =
  | 'idle'
  /** A REGISTER is out, and nothing is registered. */
  | 'registering'
  | 'registered'
  /** A REGISTER is out, and the last grant still holds. */
  | 'refreshing'
  /** A refresh failed; the last grant still holds, and another try follows. */
  | 'retrying'
  /** Nothing is registered; another try follows. */
  | 'waiting'
  /** The registrar said no; trying again soon would be of no use. */
  | 'refused'
  | 'unregistering'
  | 'stopped';

export type RegistrationEvent =
  | 'start'
  /** Started with the grant of an earlier process. */
  | 'resume'
  /** A 2xx that names our Contact, or one to the farewell. */
  | 'accepted'
  /** The same server wants the request in another form: with credentials, a longer time, another Contact. */
  | 'again'
  /** Redirected (RFC 3261 8.1.3.4). */
  | 'moved'
  /** No success here, but there is another server. */
  | 'nextServer'
  /** No success, and no server left. */
  | 'failed'
  | 'refused'
  /** The planned moment to refresh or to try again. */
  | 'timer'
  /** The grant has run out. */
  | 'expired'
  /** The connection the registration lives on is gone (RFC 5626 4.4). */
  | 'flowLost'
  | 'stop';

export type RegistrationAction =
  /** Looks up the registrar's servers, then sends to the first. */
  | 'locate'
  | 'send'
  | 'sendNext'
  | 'sendFarewell'
  | 'dropGrant'
  | 'planRefresh'
  | 'planRetry'
  | 'planSlowRetry'
  | 'stopTimers'
  | 'report'
  | 'finish';

/** Our registration at a carrier (RFC 3261 10.2, RFC 5626 4). */
export const registrationTable: TransitionTable<RegistrationState, RegistrationEvent, RegistrationAction> = {
  idle: {
    start: { next: 'registering', actions: ['report', 'locate'] },
    resume: { next: 'refreshing', actions: ['report', 'locate'] },
    stop: { next: 'stopped', actions: ['finish'] },
  },
  registering: {
    accepted: { next: 'registered', actions: ['planRefresh', 'report'] },
    again: { next: 'registering', actions: ['send'] },
    moved: { next: 'registering', actions: ['locate'] },
    nextServer: { next: 'registering', actions: ['sendNext'] },
    failed: { next: 'waiting', actions: ['planRetry', 'report'] },
    refused: { next: 'refused', actions: ['planSlowRetry', 'report'] },
    // The REGISTER that is out may still succeed, so it is taken back.
    stop: { next: 'unregistering', actions: ['sendFarewell'] },
  },
  registered: {
    timer: { next: 'refreshing', actions: ['send'] },
    // The registrar sees us elsewhere than our Contact says.
    again: { next: 'refreshing', actions: ['send'] },
    expired: { next: 'registering', actions: ['stopTimers', 'dropGrant', 'report', 'locate'] },
    flowLost: { next: 'registering', actions: ['stopTimers', 'dropGrant', 'report', 'locate'] },
    stop: { next: 'unregistering', actions: ['stopTimers', 'sendFarewell'] },
  },
  refreshing: {
    accepted: { next: 'registered', actions: ['planRefresh', 'report'] },
    again: { next: 'refreshing', actions: ['send'] },
    moved: { next: 'refreshing', actions: ['locate'] },
    nextServer: { next: 'refreshing', actions: ['sendNext'] },
    failed: { next: 'retrying', actions: ['planRetry', 'report'] },
    refused: { next: 'refused', actions: ['stopTimers', 'dropGrant', 'planSlowRetry', 'report'] },
    expired: { next: 'registering', actions: ['dropGrant', 'report'] },
    flowLost: { next: 'registering', actions: ['stopTimers', 'dropGrant', 'report', 'locate'] },
    stop: { next: 'unregistering', actions: ['stopTimers', 'sendFarewell'] },
  },
  retrying: {
    timer: { next: 'refreshing', actions: ['locate'] },
    expired: { next: 'waiting', actions: ['dropGrant', 'report'] },
    flowLost: { next: 'waiting', actions: ['dropGrant', 'report'] },
    stop: { next: 'unregistering', actions: ['stopTimers', 'sendFarewell'] },
  },
  waiting: {
    timer: { next: 'registering', actions: ['report', 'locate'] },
    stop: { next: 'stopped', actions: ['stopTimers', 'finish'] },
  },
  refused: {
    timer: { next: 'registering', actions: ['report', 'locate'] },
    stop: { next: 'stopped', actions: ['stopTimers', 'finish'] },
  },
  unregistering: {
    accepted: { next: 'stopped', actions: ['dropGrant', 'finish'] },
    again: { next: 'unregistering', actions: ['sendFarewell'] },
    moved: { next: 'stopped', actions: ['dropGrant', 'finish'] },
    nextServer: { next: 'stopped', actions: ['dropGrant', 'finish'] },
    failed: { next: 'stopped', actions: ['dropGrant', 'finish'] },
    refused: { next: 'stopped', actions: ['dropGrant', 'finish'] },
    flowLost: { next: 'stopped', actions: ['dropGrant', 'finish'] },
  },
  stopped: {},
};
