import type { Call } from '../calls/calls.ts';
import type { Recording } from '../recordings/recording-rows.ts';
import { Problem } from './problem.ts';

/** @throws {Problem} `recording_not_found`: the call was not recorded, or what was recorded is not there any more. */
export function requireRecording({ recording }: Call): Recording {
  if (!recording) {
    throw new Problem(
      'recording_not_found',
      "The call was not recorded. PATCH /phone/settings and the agent's recording_enabled say which calls are.",
    );
  }
  const { state, deletedAt, deletedBy } = recording;
  if (state === 'deleted') {
    const why = deletedBy === 'retention' ? 'since the organisation keeps recordings no longer' : 'by the API';
    throw new Problem('recording_not_found', `The recording was deleted ${why}, at ${deletedAt?.toISOString()}.`);
  }
  return recording;
}

/** @throws {Problem} `recording_not_found`, `recording_in_progress`. */
export function requireStoredRecording(call: Call): Recording {
  const recording = requireRecording(call);
  if (recording.state === 'stored') return recording;
  if (recording.state === 'lost') throw recordingGone();
  throw new Problem('recording_in_progress', 'The call is still being recorded. Ask again when it has ended.');
}

export const recordingGone = () =>
  new Problem('recording_not_found', "The recording could not be kept; the server's log says why.");
