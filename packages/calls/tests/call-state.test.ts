import { describe, expect, test } from 'vitest';
import { type CallState, type CallStimulus, callTransitions } from '../src/call-state.ts';

const states: CallState[] = ['preparing', 'answered', 'closing', 'ended'];
const stimuli: CallStimulus[] = [
  'prepared',
  'turned_away',
  'caller_cancelled',
  'caller_hung_up',
  'signalling_lost',
  'conversation_over',
  'failed',
  'stopped_by_operator',
  'media_closed',
];
const cell = (state: CallState, stimulus: CallStimulus) => callTransitions[state][stimulus];
const cells = states.flatMap((state) => stimuli.map((stimulus) => [state, stimulus] as const));

test.each(cells)('%s on %s keeps the promises of a call', (state, stimulus) => {
  const { to, effects } = callTransitions[state][stimulus];
  // Never answered twice, never answered after the end.
  if (effects.includes('answer')) expect(state).toBe('preparing');
  // A final non-2xx only before the answer, a BYE only after it.
  if (effects.includes('refuse')) expect(state).toBe('preparing');
  if (effects.includes('hang_up')) expect(state).toBe('answered');
  // Freed exactly when the call is over.
  expect(effects.includes('release')).toBe(to === 'ended' && state !== 'ended');
  // Once over, nothing happens any more.
  if (state === 'ended') expect({ to, effects }).toEqual({ to: 'ended', effects: [] });
});

/** Every path of two stimuli from an answered call writes its end exactly once, here or on the media thread. */
describe('the end is written once', () => {
  test.each(stimuli.flatMap((a) => stimuli.map((b) => [a, b] as const)))('answered, then %s, then %s', (...path) => {
    let state: CallState = 'answered';
    const effects: string[] = [];
    for (const stimulus of [...path, 'caller_hung_up', 'media_closed'] as const) {
      const { to, effects: carriedOut } = cell(state, stimulus);
      effects.push(...carriedOut);
      state = to;
    }
    expect(state).toBe('ended');
    expect(effects.filter((effect) => effect === 'record_end' || effect === 'stop_media')).toHaveLength(1);
    expect(effects.filter((effect) => effect === 'release')).toHaveLength(1);
  });
});
