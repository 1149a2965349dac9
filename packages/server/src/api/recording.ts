import { z } from 'zod';
import type { Call } from '../calls/calls.ts';

/** What a call says of its recording. */
export const recordingSchema = z.object({
  state: z.enum(['recording', 'paused', 'saving', 'stored', 'lost', 'deleted']),
  /** wav: G.711 in two channels, the caller's and the agent's; opus: the same in Ogg. */
  format: z.enum(['wav', 'opus']),
  encrypted: z.boolean(),
  /** Where the sound begins, milliseconds after the call's first event. */
  started_at_ms: z.number(),
  /** Null until it is stored. */
  duration_ms: z.number().nullable(),
  bytes: z.int().nullable(),
  /** SHA-256 of the sound file; stays as a proof when it is deleted. */
  sha256: z.string().nullable(),
  /** Path of the sound, where it is stored. */
  url: z.string().nullable(),
  peaks_url: z.string().nullable(),
  deleted_at: z.string().nullable(),
  deleted_by: z.enum(['retention', 'api']).nullable(),
});

export function recordingOnWire({ id, recording }: Call): z.output<typeof recordingSchema> | null {
  if (!recording) return null;
  const { state } = recording;
  const url = state === 'stored' ? `/phone/calls/${id}/recording` : null;
  return {
    state,
    format: recording.format,
    encrypted: recording.encrypted,
    started_at_ms: recording.startedAtMs,
    duration_ms: recording.durationMs,
    bytes: recording.bytes,
    sha256: recording.sha256,
    url,
    peaks_url: url && `${url}/peaks`,
    deleted_at: recording.deletedAt?.toISOString() ?? null,
    deleted_by: recording.deletedBy,
  };
}
