/** Reads recordings wherever they are, encrypted or not. */
import { contentBytes, peaksId, readSealed, sealedHeadBytes, sealedKeyIn } from '@dialplane/calls';
import type { Secrets } from '../secrets.ts';
import type { RecordingFiles } from './recording-files.ts';
import { soundName, waveformName } from './recording-names.ts';
import type { Recording } from './recording-rows.ts';

/** Read at a time while a recording is sent: a minute of sound, and little memory for each listener. */
const stretchBytes = 1024 * 1024;

/** Content of a file, as it is played. */
export interface OpenedContent {
  readonly bytes: number;
  /** @param to the byte after the last one. */
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** @returns undefined when the file is gone. @throws {SecretError} sealed with another key. */
export async function openSound(
  files: RecordingFiles,
  secrets: Secrets,
  recording: Recording,
): Promise<OpenedContent | undefined> {
  return openContent(files, secrets, recording, soundName(recording, recording.format), recording.callId);
}

/** The waveform: for each 100 ms a byte for the caller and one for the agent. */
export async function readWaveform(
  files: RecordingFiles,
  secrets: Secrets,
  recording: Recording,
): Promise<Uint8Array | undefined> {
  const content = await openContent(files, secrets, recording, waveformName(recording), peaksId(recording.callId));
  if (!content) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of content.read(0, content.bytes)) parts.push(part);
  return Buffer.concat(parts);
}

async function openContent(
  files: RecordingFiles,
  secrets: Secrets,
  { encrypted, callId }: Recording,
  name: string,
  chunkId: string,
): Promise<OpenedContent | undefined> {
  const size = await files.size(name);
  if (size === undefined) return undefined;
  const readFile = (from: number, to: number) => files.read(name, from, Math.min(to, size));
  if (!encrypted) return { bytes: size, read: (from, to) => inStretches(readFile, from, to) };
  const sealedKey = sealedKeyIn(callId, await readFile(0, sealedHeadBytes));
  const key = new Uint8Array(Buffer.from(secrets.open(sealedKey, callId), 'hex'));
  const read = (from: number, to: number) => readSealed({ key, id: chunkId }, readFile, from, to);
  return { bytes: contentBytes(size), read: (from, to) => inStretches(read, from, to) };
}

async function* inStretches(
  read: (from: number, to: number) => Promise<Uint8Array>,
  from: number,
  to: number,
): AsyncIterable<Uint8Array> {
  for (let at = from; at < to; at += stretchBytes) yield await read(at, Math.min(to, at + stretchBytes));
}
