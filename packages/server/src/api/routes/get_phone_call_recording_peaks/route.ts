import { peaksOf } from '../../../recordings/waveform-peaks.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { requireCall } from '../../require-call.ts';
import { recordingGone, requireStoredRecording } from '../../require-recording.ts';
import { getPhoneCallRecordingPeaksSchema } from './schema.ts';

/** GET /phone/calls/{call_id}/recording/peaks: the waveform, to draw it without the sound. */
export function getPhoneCallRecordingPeaks(api: Api, { store, recordings }: Services): void {
  const options = { schema: getPhoneCallRecordingPeaksSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/calls/:call_id/recording/peaks', options, async (request) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const recording = requireStoredRecording(call);
    const waveform = await recordings.waveform(recording);
    if (!waveform) throw recordingGone();
    const { peakMs, caller, agent } = peaksOf(waveform, request.query.points);
    return { id: call.id, duration_ms: recording.durationMs ?? 0, peak_ms: peakMs, caller, agent };
  });
}
