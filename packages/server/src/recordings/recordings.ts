/** Recordings of calls: how they are made, kept, read and deleted. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type FinishedRecording,
  type RecordingFormat,
  type RecordingSeal,
  type RecordingStore,
  recoverRecording,
  sealedHeadBytes,
  sealedKeyIn,
} from '@dialplane/calls';
import { and, eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { recordings } from '../store/schema.ts';
import { deleteOutdated, deleteRecording } from './delete-recording.ts';
import type { FilesInS3 } from './files-in-s3.ts';
import { type OpenedContent, openSound, readWaveform } from './open-recording.ts';
import { filesOnDisk, type RecordingFiles } from './recording-files.ts';
import { soundName, waveformName } from './recording-names.ts';
import { type Recording, storeFinished, unfinishedRecordings } from './recording-rows.ts';

/** Retention counts days, and an upload that failed may wait an hour. */
const upkeepEveryMs = 3_600_000;
/** A recording may be whole before its first event is stored, which happens within 200 ms, or later on a slow database. */
const eventRetriesMs = [100, 300, 1000, 3000, 10_000];

export interface RecordingsOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  /** Absolute. */
  readonly folder: string;
  readonly format: RecordingFormat;
  readonly encrypt: boolean;
  /** Where whole recordings go; undefined: they stay on the disk. */
  readonly bucket: FilesInS3 | undefined;
  readonly log: Logger;
}

export interface Recordings extends RecordingStore {
  /** Makes whole what a former process left behind, and begins to delete what is too old. */
  start(): Promise<void>;
  /** @returns undefined when its file is gone. */
  open(recording: Recording): Promise<OpenedContent | undefined>;
  waveform(recording: Recording): Promise<Uint8Array | undefined>;
  remove(recording: Recording): Promise<void>;
  /** Deletes what is too old, and uploads what could not be before. */
  upkeep(now: Date): Promise<void>;
  close(): Promise<void>;
}

export function createRecordings(options: RecordingsOptions): Recordings {
  const { db, secrets, folder, format, encrypt, bucket, log } = options;
  const disk = filesOnDisk(folder);
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const pathOf = (name: string) => join(folder, name);

  function filesOf({ storage, callId }: Recording): RecordingFiles {
    if (storage === 'disk') return disk;
    if (bucket) return bucket;
    throw new Error(`The recording of the call ${callId} is in a bucket, and RECORDING_S3_BUCKET names none.`);
  }

  function newSeal(callId: string): RecordingSeal {
    const key = randomBytes(32);
    return { key: new Uint8Array(key), sealedKey: secrets.seal(key.toString('hex'), callId) };
  }

  async function settle(finished: FinishedRecording): Promise<void> {
    let recording = await storeFinished(db, finished);
    for (const waitMs of eventRetriesMs) {
      if (recording) break;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      recording = await storeFinished(db, finished);
    }
    if (recording) await moveToBucket(recording);
    else log.error({ callId: finished.id }, 'a recording is whole, and the store knows nothing of it');
  }

  /** The disk keeps the files until the bucket has both. */
  async function moveToBucket(recording: Recording): Promise<void> {
    if (!bucket || recording.storage === 's3') return;
    const names = [soundName(recording, recording.format), waveformName(recording)];
    for (const name of names) await bucket.upload(name, pathOf(name));
    await db.update(recordings).set({ storage: 's3' }).where(eq(recordings.callId, recording.callId));
    for (const name of names) await rm(pathOf(name), { force: true });
  }

  function run(work: Promise<void>, callId: string | undefined): void {
    const done = work
      .catch((error: unknown) => log.error({ err: error, callId }, 'a recording could not be kept; it is tried again'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  async function recover(recording: Recording): Promise<void> {
    const path = pathOf(soundName(recording, recording.format));
    try {
      const seal = recording.encrypted ? await sealOf(recording) : undefined;
      await settle(await recoverRecording({ id: recording.callId, format: recording.format, path, seal }));
    } catch (error) {
      log.error({ err: error, callId: recording.callId }, 'a recording was lost with the last process');
      await db.update(recordings).set({ state: 'lost' }).where(eq(recordings.callId, recording.callId));
    }
  }

  async function sealOf({ orgId, callId, format: madeAs }: Recording): Promise<RecordingSeal> {
    const sealedKey = sealedKeyIn(callId, await disk.read(soundName({ orgId, callId }, madeAs), 0, sealedHeadBytes));
    return { key: new Uint8Array(Buffer.from(secrets.open(sealedKey, callId), 'hex')), sealedKey };
  }

  async function upkeep(now: Date): Promise<void> {
    const deleted = await deleteOutdated(db, filesOf, now);
    if (deleted > 0)
      log.info({ recordings: deleted }, 'deleted recordings that are older than their organisation keeps them');
    if (!bucket) return;
    const waiting = await db
      .select()
      .from(recordings)
      .where(and(eq(recordings.state, 'stored'), eq(recordings.storage, 'disk')));
    for (const recording of waiting) await moveToBucket(recording);
  }

  return {
    plan({ id, orgId }) {
      const name = { orgId, callId: id };
      return {
        id,
        format,
        path: pathOf(soundName(name, format)),
        peaksPath: pathOf(waveformName(name)),
        seal: encrypt ? newSeal(id) : undefined,
      };
    },
    finished: (finished) => run(settle(finished), finished.id),
    async start() {
      for (const recording of await unfinishedRecordings(db)) await recover(recording);
      run(upkeep(new Date()), undefined);
      timer = setInterval(() => run(upkeep(new Date()), undefined), upkeepEveryMs);
      timer.unref();
    },
    open: (recording) => openSound(filesOf(recording), secrets, recording),
    waveform: (recording) => readWaveform(filesOf(recording), secrets, recording),
    remove: (recording) => deleteRecording(db, filesOf(recording), recording, 'api'),
    upkeep,
    async close() {
      clearInterval(timer);
      await Promise.all(underWay);
      bucket?.close();
    },
  };
}
