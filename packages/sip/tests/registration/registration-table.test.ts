import { describe, expect, it } from 'vitest';
import {
  type RegistrationAction,
  type RegistrationEvent,
  type RegistrationState,
  registrationTable,
} from '../../src/registration/registration-table.ts';
import { TableMachine } from '../../src/transition-table.ts';

const states: readonly RegistrationState[] = [
  'idle',
  'registering',
  'registered',
  'refreshing',
  'retrying',
  'waiting',
  'refused',
  'unregistering',
  'stopped',
];

const events: readonly RegistrationEvent[] = [
  'start',
  'resume',
  'accepted',
  'again',
  'moved',
  'nextServer',
  'failed',
  'refused',
  'timer',
  'expired',
  'flowLost',
  'stop',
];

/** Where each event leads; a dot: nothing changes. Rows are states, columns the events above. */
const expected: Readonly<Record<RegistrationState, string>> = {
  idle: 'registering refreshing . . . . . . . . . stopped',
  registering: '. . registered registering registering registering waiting refused . . . unregistering',
  registered: '. . . refreshing . . . . refreshing registering registering unregistering',
  refreshing:
    '. . registered refreshing refreshing refreshing retrying refused . registering registering unregistering',
  retrying: '. . . . . . . . refreshing waiting waiting unregistering',
  waiting: '. . . . . . . . registering . . stopped',
  refused: '. . . . . . . . registering . . stopped',
  unregistering: '. . stopped unregistering stopped stopped stopped stopped . . stopped .',
  stopped: '. . . . . . . . . . . .',
};

function run(state: RegistrationState, event: RegistrationEvent) {
  const done: RegistrationAction[] = [];
  const note = (action: RegistrationAction) => () => void done.push(action);
  const machine = new TableMachine<RegistrationState, RegistrationEvent, RegistrationAction>(registrationTable, state, {
    locate: note('locate'),
    send: note('send'),
    sendNext: note('sendNext'),
    sendFarewell: note('sendFarewell'),
    dropGrant: note('dropGrant'),
    planRefresh: note('planRefresh'),
    planRetry: note('planRetry'),
    planSlowRetry: note('planSlowRetry'),
    stopTimers: note('stopTimers'),
    report: note('report'),
    finish: note('finish'),
  });
  machine.fire(event);
  return { next: machine.state, done };
}

const cells = states.flatMap((state) => {
  const row = expected[state].split(' ');
  return events.map((event, column) => [state, event, row[column] ?? ''] as const);
});

describe('registration table', () => {
  it.each(cells)('%s, %s: %s', (state, event, next) => {
    expect(run(state, event).next).toBe(next === '.' ? state : next);
  });

  const holdsGrant: ReadonlySet<RegistrationState> = new Set(['registered', 'refreshing', 'retrying', 'unregistering']);
  const waits: ReadonlySet<RegistrationState> = new Set(['waiting', 'retrying', 'refused', 'registered']);

  it.each(cells)('%s, %s: leaves neither a grant nor a wait behind', (state, event) => {
    const { next, done } = run(state, event);
    if (next === state) return;
    // A grant that no longer holds is dropped; a finished registration has dropped everything.
    if (holdsGrant.has(state) && !holdsGrant.has(next)) {
      expect(done.includes('dropGrant') || done.includes('finish')).toBe(true);
    }
    // Whoever begins to wait has planned how it ends.
    if (waits.has(next) && !waits.has(state)) expect(done.some((action) => action.startsWith('plan'))).toBe(true);
    if (next === 'stopped') expect(done).toContain('finish');
  });
});
