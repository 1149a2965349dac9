/** Deletes recordings, and keeps the proof: which, when, by whose wish, and the hash of what it was. */
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { writeAuditEntry } from '../audit-log.ts';
import type { Database } from '../store/database.ts';
import { calls, organisations, recordings } from '../store/schema.ts';
import type { RecordingFiles } from './recording-files.ts';
import { soundName, waveformName } from './recording-names.ts';
import type { Recording } from './recording-rows.ts';

/** Deleted at a time by the retention job: a failure in between leaves little to do again. */
const batch = 100;

/** @param files where it is. The files go first: a proof without a deletion would be a lie. */
export async function deleteRecording(
  db: Database,
  files: RecordingFiles,
  recording: Recording,
  deletedBy: 'retention' | 'api',
): Promise<void> {
  await files.remove(soundName(recording, recording.format));
  await files.remove(waveformName(recording));
  await db
    .update(recordings)
    .set({ state: 'deleted', deletedAt: new Date(), deletedBy })
    .where(eq(recordings.callId, recording.callId));
}

/**
 * Deletes what is older than its organisation keeps recordings; counted from the call's beginning.
 * @returns how many.
 */
export async function deleteOutdated(
  db: Database,
  filesOf: (recording: Recording) => RecordingFiles,
  now: Date,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const outdated = await db
      .select({ recording: recordings })
      .from(recordings)
      .innerJoin(calls, eq(calls.id, recordings.callId))
      .innerJoin(organisations, eq(organisations.id, recordings.orgId))
      .where(
        and(
          inArray(recordings.state, ['stored', 'lost']),
          isNotNull(organisations.retentionDays),
          sql`${calls.startedAt} + make_interval(days => ${organisations.retentionDays}) < ${now.toISOString()}::timestamptz`,
        ),
      )
      .limit(batch);
    if (outdated.length === 0) return deleted;
    for (const { recording } of outdated) {
      await deleteRecording(db, filesOf(recording), recording, 'retention');
      await writeAuditEntry(db, {
        orgId: recording.orgId,
        actorType: 'system',
        actorId: null,
        action: 'recording.delete',
        targetId: recording.callId,
        requestId: null,
        data: { reason: 'retention', sha256: recording.sha256, bytes: recording.bytes },
      });
      deleted += 1;
    }
  }
}
