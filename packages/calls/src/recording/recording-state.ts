/** A recording from its first to its last sample. */
export const recordingStates = ['recording', 'paused', 'stopped'] as const;
export type RecordingState = (typeof recordingStates)[number];

/** `released`: nobody wants the pause any more. */
export const recordingStimuli = ['held', 'released', 'stopped', 'failed'] as const;
export type RecordingStimulus = (typeof recordingStimuli)[number];

/** What the call record is told. */
export type RecordingNews = 'recording_paused' | 'recording_resumed' | 'recording_stopped';

export interface RecordingTransition {
  readonly to: RecordingState;
  readonly tells: RecordingNews | undefined;
}

const stays = (to: RecordingState): RecordingTransition => ({ to, tells: undefined });
const stops: RecordingTransition = { to: 'stopped', tells: 'recording_stopped' };

export const recordingTransitions: Readonly<
  Record<RecordingState, Readonly<Record<RecordingStimulus, RecordingTransition>>>
> = {
  recording: {
    held: { to: 'paused', tells: 'recording_paused' },
    released: stays('recording'),
    stopped: stops,
    failed: stops,
  },
  paused: {
    held: stays('paused'),
    released: { to: 'recording', tells: 'recording_resumed' },
    stopped: stops,
    failed: stops,
  },
  stopped: {
    held: stays('stopped'),
    released: stays('stopped'),
    stopped: stays('stopped'),
    failed: stays('stopped'),
  },
};
