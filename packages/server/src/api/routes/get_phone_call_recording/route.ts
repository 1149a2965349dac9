import { Readable } from 'node:stream';
import { readByteRange } from '../../../recordings/byte-range.ts';
import { mediaTypes } from '../../../recordings/recording-names.ts';
import type { Api, Services } from '../../api.ts';
import { identityOf } from '../../authentication.ts';
import { Problem } from '../../problem.ts';
import { requireCall } from '../../require-call.ts';
import { recordingGone, requireStoredRecording } from '../../require-recording.ts';
import { getPhoneCallRecordingSchema } from './schema.ts';

/** GET /phone/calls/{call_id}/recording: the sound, also in parts (RFC 9110 section 14). */
export function getPhoneCallRecording(api: Api, { store, recordings }: Services): void {
  const options = { schema: getPhoneCallRecordingSchema, config: { scope: 'phone:read', media: 'audio/*' } } as const;
  api.get('/phone/calls/:call_id/recording', options, async (request, reply) => {
    const call = await requireCall(store.db, identityOf(request).orgId, request.params.call_id);
    const recording = requireStoredRecording(call);
    const content = await recordings.open(recording);
    if (!content) throw recordingGone();
    const { bytes } = content;
    const tag = `"${recording.sha256}"`;
    const condition = request.headers['if-range'];
    const wanted = condition === undefined || condition === tag ? request.headers.range : undefined;
    const range = readByteRange(wanted, bytes);
    reply
      .header('accept-ranges', 'bytes')
      .header('etag', tag)
      // Someone's voice: no proxy on the way keeps it.
      .header('cache-control', 'private, no-cache')
      .header('content-disposition', `inline; filename="call-${call.id}.${recording.format}"`);
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${bytes}`);
      throw new Problem('range_not_satisfiable', `The recording has ${bytes} bytes. Ask for some of those.`);
    }
    const { from, to } = range ?? { from: 0, to: bytes };
    if (range) reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${bytes}`);
    return reply
      .type(mediaTypes[recording.format])
      .header('content-length', to - from)
      .send(Readable.from(content.read(from, to), { objectMode: false }));
  });
}
