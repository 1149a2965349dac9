import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { deleted } from '../../deleted.ts';
import { Problem } from '../../problem.ts';
import { requireCall } from '../../require-call.ts';
import { requireRecording } from '../../require-recording.ts';
import { deletePhoneCallRecordingSchema } from './schema.ts';

/** DELETE /phone/calls/{call_id}/recording: sound and waveform go; when, and the hash of what it was, stays. */
export function deletePhoneCallRecording(api: Api, { store, recordings }: Services): void {
  const options = {
    schema: deletePhoneCallRecordingSchema,
    // Files are no part of a transaction.
    config: { scope: 'phone:write', action: 'recording.delete', commitsItself: true },
  } as const;
  api.delete('/phone/calls/:call_id/recording', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const recording = requireRecording(call);
    if (recording.state !== 'stored' && recording.state !== 'lost') {
      throw new Problem(
        'recording_in_progress',
        'The call is still being recorded. Delete it when the call has ended.',
      );
    }
    await recordings.remove(recording);
    return deleted(call.id);
  });
}
