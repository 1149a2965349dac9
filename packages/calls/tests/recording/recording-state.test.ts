import { expect, test } from 'vitest';
import { recordingStates, recordingStimuli, recordingTransitions } from '../../src/recording/recording-state.ts';

test('every stimulus in every state', () => {
  const table = recordingStates.flatMap((state) =>
    recordingStimuli.map((stimulus) => {
      const { to, tells } = recordingTransitions[state][stimulus];
      return `${state} ${stimulus}: ${to}${tells ? ` ${tells}` : ''}`;
    }),
  );
  expect(table).toEqual([
    'recording held: paused recording_paused',
    'recording released: recording',
    'recording stopped: stopped recording_stopped',
    'recording failed: stopped recording_stopped',
    'paused held: paused',
    'paused released: recording recording_resumed',
    'paused stopped: stopped recording_stopped',
    'paused failed: stopped recording_stopped',
    'stopped held: stopped',
    'stopped released: stopped',
    'stopped stopped: stopped',
    'stopped failed: stopped',
  ]);
});
