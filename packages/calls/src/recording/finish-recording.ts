/** Makes a recording whole: the true lengths in its head, and what is to be known of it. */
import { createHash } from 'node:crypto';
import { type ByteFile, openPlainFile } from './byte-file.ts';
import type { FinishedRecording, RecordingFormat, RecordingPlan } from './plan.ts';
import { recordingChannels, recordingSampleRate } from './protocol.ts';
import { openSealedFile } from './sealed-file.ts';
import { muLawWavHeader, wavHeaderBytes } from './wav-header.ts';

/** Read at a time for the hash: little memory, few reads. */
const hashedBytes = 256 * 1024;
/** RFC 3533: the largest page. The last one of a stream says how long it is. */
const largestPageBytes = 65_307;
/** RFC 7845 4. */
const positionsPerMs = 48;

export function openRecordingFile(
  { id, path, seal }: Pick<RecordingPlan, 'id' | 'path' | 'seal'>,
  flags: 'w+' | 'r+',
): Promise<ByteFile> {
  return seal ? openSealedFile(path, flags, seal, id) : openPlainFile(path, flags);
}

/** @param file everything is written to it. */
export async function finishRecording(
  file: ByteFile,
  { id, format }: Pick<RecordingPlan, 'id' | 'format'>,
): Promise<FinishedRecording> {
  if (format === 'wav') await file.overwriteStart(muLawWavHeader(Math.max(0, file.bytes - wavHeaderBytes)));
  const hash = createHash('sha256');
  for (let from = 0; from < file.bytes; from += hashedBytes) hash.update(await file.read(from, from + hashedBytes));
  const durationMs = await durationOf(file, format);
  return { id, durationMs, bytes: file.bytes, sha256: hash.digest('hex') };
}

/** A recording whose process died in mid-call: what is there becomes whole. */
export async function recoverRecording(
  plan: Pick<RecordingPlan, 'id' | 'format' | 'path' | 'seal'>,
): Promise<FinishedRecording> {
  const file = await openRecordingFile(plan, 'r+');
  try {
    return await finishRecording(file, plan);
  } finally {
    await file.close();
  }
}

async function durationOf(file: ByteFile, format: RecordingFormat): Promise<number> {
  if (format === 'wav') {
    return Math.max(0, file.bytes - wavHeaderBytes) / recordingChannels / (recordingSampleRate / 1000);
  }
  const tail = Buffer.from(await file.read(Math.max(0, file.bytes - largestPageBytes), file.bytes));
  const page = tail.lastIndexOf('OggS');
  return page < 0 || page + 14 > tail.length ? 0 : Number(tail.readBigUInt64LE(page + 6)) / positionsPerMs;
}
