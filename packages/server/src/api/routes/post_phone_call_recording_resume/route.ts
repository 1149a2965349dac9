import { resumeRecording } from '../../../calls/live-calls.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { requireRecording } from '../../require-recording.ts';
import { postPhoneCallRecordingResumeSchema } from './schema.ts';

/** POST /phone/calls/{call_id}/recording/resume: records again, unless digits are being masked. */
export function postPhoneCallRecordingResume(api: Api, { store, calls }: Services): void {
  const options = {
    schema: postPhoneCallRecordingResumeSchema,
    config: { scope: 'phone:write', action: 'recording.resume', commitsItself: true },
  } as const;
  api.post('/phone/calls/:call_id/recording/resume', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    resumeRecording(calls, call, requireRecording(call));
    return { id: call.id, state: 'recording' as const };
  });
}
