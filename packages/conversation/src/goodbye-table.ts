import { go, type TransitionTable } from './transition-table.ts';

/** The end of the call: the goodbye is spoken to its last word, and the caller may still change everything. */
export type GoodbyeState =
  | 'none'
  | 'saying'
  /** Heard to the end; a moment for the caller's own goodbye. */
  | 'waiting'
  /** A goodbye that words cannot cancel: the time is up, or the providers failed. */
  | 'parting'
  | 'parting_waiting'
  | 'ended';

export type GoodbyeEvent =
  | 'begin'
  | 'begin_final'
  | 'spoken'
  | 'grace_over'
  /** The goodbye could not be spoken in reasonable time. */
  | 'overdue'
  | 'caller_there'
  | 'hung_up';

export type GoodbyeEffect = 'announce' | 'cancel' | 'end';

export const goodbyeTable: TransitionTable<GoodbyeState, GoodbyeEvent, GoodbyeEffect> = {
  none: {
    begin: go('saying', 'announce'),
    begin_final: go('parting', 'announce'),
    spoken: null,
    grace_over: null,
    overdue: null,
    caller_there: null,
    hung_up: go('ended'),
  },
  saying: {
    begin: null,
    begin_final: go('parting'),
    spoken: go('waiting'),
    grace_over: null,
    overdue: go('ended', 'end'),
    caller_there: go('none', 'cancel'),
    hung_up: go('ended'),
  },
  waiting: {
    begin: null,
    begin_final: go('parting'),
    spoken: null,
    grace_over: go('ended', 'end'),
    overdue: go('ended', 'end'),
    caller_there: go('none', 'cancel'),
    hung_up: go('ended'),
  },
  parting: {
    begin: null,
    begin_final: null,
    spoken: go('parting_waiting'),
    grace_over: null,
    overdue: go('ended', 'end'),
    caller_there: null,
    hung_up: go('ended'),
  },
  parting_waiting: {
    begin: null,
    begin_final: null,
    spoken: null,
    grace_over: go('ended', 'end'),
    overdue: go('ended', 'end'),
    caller_there: null,
    hung_up: go('ended'),
  },
  ended: {
    begin: null,
    begin_final: null,
    spoken: null,
    grace_over: null,
    overdue: null,
    caller_there: null,
    hung_up: null,
  },
};
