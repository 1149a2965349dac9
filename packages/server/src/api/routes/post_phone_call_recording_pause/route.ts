import { pauseRecording } from '../../../calls/live-calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { requireRecording } from '../../require-recording.ts';
import { postPhoneCallRecordingPauseSchema } from './schema.ts';

/** POST /phone/calls/{call_id}/recording/pause: silence in the recording, until it is resumed. */
export function postPhoneCallRecordingPause(api: Api, { store, calls }: Services): void {
  const options = {
    schema: postPhoneCallRecordingPauseSchema,
    config: { scope: 'phone:write', action: 'recording.pause', commitsItself: true },
  } as const;
  api.post('/phone/calls/:call_id/recording/pause', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    pauseRecording(calls, call, requireRecording(call));
    return { id: call.id, state: 'paused' as const };
  });
}
