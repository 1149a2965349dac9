import { expect, test } from 'vitest';
import { type CallerState, type CallerStimulus, callerStep } from '../src/caller-state.ts';

const stimuli = [
  'answered',
  'refused',
  'agent_began',
  'agent_finished',
  'line_said',
  'nothing_left',
  'patience_over',
  'agent_hung_up',
  'deadline',
  'left',
] as const satisfies readonly CallerStimulus[];

/** State -> one entry for each stimulus above: the next state and the action, or a dot where nothing changes. */
const expected: Record<CallerState, readonly string[]> = {
  calling: [
    'greeting await_greeting',
    'over finish',
    '.',
    '.',
    '.',
    '.',
    'leaving hang_up',
    'over finish',
    'leaving hang_up',
    '.',
  ],
  greeting: ['.', '.', '.', 'talking say_next', '.', '.', 'talking say_next', 'over finish', 'leaving hang_up', '.'],
  talking: ['.', '.', '.', '.', 'waiting await_reply', 'leaving hang_up', '.', 'over finish', 'leaving hang_up', '.'],
  waiting: ['.', '.', 'listening note_reply', '.', '.', '.', 'leaving hang_up', 'over finish', 'leaving hang_up', '.'],
  listening: ['.', '.', '.', 'talking say_next', '.', '.', '.', 'over finish', 'leaving hang_up', '.'],
  leaving: ['.', 'over finish', '.', '.', '.', '.', '.', 'over finish', '.', 'over finish'],
  over: ['.', '.', '.', '.', '.', '.', '.', '.', '.', '.'],
};

const states = Object.keys(expected) as CallerState[];
const cells = states.flatMap((state) =>
  stimuli.map((stimulus, i) => [state, stimulus, expected[state][i] ?? ''] as const),
);

test.each(cells)('%s x %s -> %s', (state, stimulus, outcome) => {
  const { to, action } = callerStep(state, stimulus);
  expect(`${to} ${action}`).toBe(outcome === '.' ? `${state} none` : outcome);
});

test('every state but the last ends at the deadline or when both sides have left', () => {
  for (const state of states) {
    if (state === 'over') continue;
    const afterDeadline = callerStep(state, 'deadline').to;
    expect(callerStep(afterDeadline, 'left').to).toBe('over');
  }
});
