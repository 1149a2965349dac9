import { describe, expect, test } from 'vitest';
import { type OutgoingState, type OutgoingStimulus, outgoingTransitions } from '../src/outgoing-state.ts';

const states: OutgoingState[] = ['preparing', 'dialling', 'ringing', 'answered', 'withdrawing', 'closing', 'ended'];
const stimuli: OutgoingStimulus[] = [
  'prepared',
  'not_prepared',
  'provisional',
  'answered',
  'answered_in_vain',
  'refused',
  'rang_too_long',
  'they_hung_up',
  'signalling_lost',
  'speech_over',
  'failed',
  'stopped',
  'media_closed',
];

test.each(states.flatMap((state) => stimuli.map((stimulus) => [state, stimulus] as const)))(
  '%s on %s keeps the promises of a call',
  (state, stimulus) => {
    const { to, effects } = outgoingTransitions[state][stimulus];
    if (effects.includes('dial')) expect(state).toBe('preparing');
    if (effects.includes('record_answer')) expect(['dialling', 'ringing']).toContain(state);
    // Nothing is sent before the INVITE, and nothing after the end.
    if (effects.includes('hang_up')) expect(['dialling', 'ringing', 'answered']).toContain(state);
    expect(effects.includes('release')).toBe(to === 'ended' && state !== 'ended');
    if (state === 'ended') expect({ to, effects }).toEqual({ to: 'ended', effects: [] });
  },
);

const cell = (state: OutgoingState, stimulus: OutgoingStimulus) => outgoingTransitions[state][stimulus];

function run(path: readonly OutgoingStimulus[]) {
  let state: OutgoingState = 'preparing';
  const effects: string[] = [];
  for (const stimulus of path) {
    const { to, effects: carriedOut } = cell(state, stimulus);
    effects.push(...carriedOut);
    state = to;
  }
  return { state, effects };
}

/** Whatever two things happen to a call that was dialled, its end is written once, here or on the media thread. */
describe('the end is written once', () => {
  test.each(stimuli.flatMap((a) => stimuli.map((b) => [a, b] as const)))('dialled, then %s, then %s', (...pair) => {
    const { state, effects } = run(['prepared', ...pair, 'stopped', 'they_hung_up', 'media_closed']);
    expect(state).toBe('ended');
    expect(effects.filter((effect) => effect === 'record_end' || effect === 'stop_media')).toHaveLength(1);
    expect(effects.filter((effect) => effect === 'release')).toHaveLength(1);
  });
});

describe('races', () => {
  test('a hang-up while it rings waits for the last word of the other side', () => {
    expect(run(['prepared', 'provisional', 'stopped'])).toMatchObject({ state: 'withdrawing' });
    expect(run(['prepared', 'provisional', 'stopped', 'refused']).effects).toEqual([
      'dial',
      'record_ringing',
      'hang_up',
      'record_end',
      'release',
    ]);
  });

  test('a 200 that crosses our CANCEL starts nothing', () => {
    const { state, effects } = run(['prepared', 'provisional', 'stopped', 'answered', 'they_hung_up']);
    expect(state).toBe('ended');
    expect(effects).not.toContain('start_media');
    expect(effects.filter((effect) => effect === 'hang_up')).toHaveLength(1);
  });

  test('a 200 and the end of our patience at once: the answer counts', () => {
    expect(run(['prepared', 'answered', 'rang_too_long']).state).toBe('answered');
  });

  test('both hang up at once', () => {
    const { effects } = run(['prepared', 'answered', 'they_hung_up', 'speech_over', 'media_closed']);
    expect(effects).toEqual(['dial', 'record_answer', 'start_media', 'stop_media', 'release']);
  });

  test('a stop before the INVITE is out sends nothing', () => {
    expect(run(['stopped', 'prepared']).effects).toEqual(['record_end', 'release']);
  });
});
