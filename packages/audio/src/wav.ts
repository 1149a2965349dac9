/** WAV in memory: reads what phones, editors and tools write, writes plain 16-bit PCM. For long sounds see `wav-writer.ts`. */

import { AudioError } from './audio-error.ts';
import { decodeG711, type G711Law } from './g711.ts';

/** One `Int16Array` a channel, all of the same length. */
export interface WavSound {
  readonly sampleRate: number;
  readonly channels: readonly Int16Array[];
}

/** RIFF `fmt ` tags (Microsoft mmreg.h). */
const FORMAT_PCM = 1;
const FORMAT_A_LAW = 6;
const FORMAT_MU_LAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;

/** `fmt ` up to bits per sample; WAVE_FORMAT_EXTENSIBLE puts the real tag in the first two bytes of its GUID at 24. */
const FORMAT_BYTES = 16;
const EXTENSIBLE_BYTES = 40;
const EXTENSIBLE_TAG_AT = 24;

/** RIFF header, one `fmt ` chunk and the head of `data`: where the samples of our own files start. */
export const WAV_HEADER_BYTES = 44;

/**
 * Reads PCM of 8 or 16 bits, mu-law and A-law, also inside WAVE_FORMAT_EXTENSIBLE. Unknown chunks are passed over; a data
 * chunk longer than the file (a recorder that was cut off) gives what is there.
 * Throws AudioError `wav_malformed` or `wav_unsupported`.
 */
export function readWav(bytes: Uint8Array): WavSound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE')
    throw malformed('it does not start with a RIFF header of type WAVE');
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(view, at);
    const from = at + 8;
    const to = Math.min(from + view.getUint32(at + 4, true), bytes.length);
    if (name === 'fmt ') format = readFormat(new DataView(bytes.buffer, bytes.byteOffset + from, to - from));
    if (name === 'data') {
      if (format === null) throw malformed('its data chunk comes before its fmt chunk');
      return { sampleRate: format.sampleRate, channels: readChannels(format, bytes.subarray(from, to)) };
    }
    // RIFF pads chunks of odd length with one byte.
    at = to + ((to - from) & 1);
  }
  throw malformed(format === null ? 'it has no fmt chunk' : 'it has no data chunk');
}

/** A complete WAV file of 16-bit PCM. All channels must have the same length. */
export function encodeWav({ sampleRate, channels }: WavSound): Uint8Array {
  const length = channels[0]?.length ?? 0;
  const dataBytes = length * channels.length * 2;
  const bytes = new Uint8Array(WAV_HEADER_BYTES + dataBytes);
  bytes.set(wavHeader(sampleRate, channels.length, dataBytes));
  interleave(channels, new DataView(bytes.buffer, WAV_HEADER_BYTES));
  return bytes;
}

/** The 44 bytes before `dataBytes` of interleaved 16-bit PCM. */
export function wavHeader(sampleRate: number, channels: number, dataBytes: number): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const blockBytes = channels * 2;
  setTag(bytes, 0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  setTag(bytes, 8, 'WAVE');
  setTag(bytes, 12, 'fmt ');
  view.setUint32(16, FORMAT_BYTES, true);
  view.setUint16(20, FORMAT_PCM, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * blockBytes, true);
  view.setUint16(32, blockBytes, true);
  view.setUint16(34, 16, true);
  setTag(bytes, 36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}

/** Writes the channels sample by sample as little-endian 16-bit PCM. */
export function interleave(channels: readonly Int16Array[], out: DataView): void {
  for (const [channel, samples] of channels.entries()) {
    let at = channel * 2;
    for (const sample of samples) {
      out.setInt16(at, sample, true);
      at += channels.length * 2;
    }
  }
}

interface Format {
  readonly encoding: 'pcm8' | 'pcm16' | G711Law;
  readonly channels: number;
  readonly sampleRate: number;
}

function readFormat(chunk: DataView): Format {
  if (chunk.byteLength < FORMAT_BYTES) throw malformed('its fmt chunk is cut off');
  const outerTag = chunk.getUint16(0, true);
  const isExtensible = outerTag === FORMAT_EXTENSIBLE && chunk.byteLength >= EXTENSIBLE_BYTES;
  const formatTag = isExtensible ? chunk.getUint16(EXTENSIBLE_TAG_AT, true) : outerTag;
  const channels = chunk.getUint16(2, true);
  const sampleRate = chunk.getUint32(4, true);
  const bits = chunk.getUint16(14, true);
  if (channels === 0 || sampleRate === 0)
    throw malformed(`its fmt chunk says ${channels} channels at ${sampleRate} Hz`);
  return { encoding: encodingOf(formatTag, bits), channels, sampleRate };
}

function encodingOf(formatTag: number, bits: number): Format['encoding'] {
  if (formatTag === FORMAT_PCM && bits === 8) return 'pcm8';
  if (formatTag === FORMAT_PCM && bits === 16) return 'pcm16';
  if (formatTag === FORMAT_A_LAW && bits === 8) return 'a';
  if (formatTag === FORMAT_MU_LAW && bits === 8) return 'mu';
  throw new AudioError(
    'wav_unsupported',
    'theirs',
    `This WAV file has format ${formatTag} with ${bits} bits; save it as 8 or 16-bit PCM, mu-law or A-law.`,
  );
}

function readChannels({ encoding, channels }: Format, data: Uint8Array): Int16Array[] {
  const bytesPerSample = encoding === 'pcm16' ? 2 : 1;
  const length = Math.floor(data.length / (channels * bytesPerSample));
  const interleaved = new Int16Array(length * channels);
  if (encoding === 'pcm16') {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let i = 0; i < interleaved.length; i++) interleaved[i] = view.getInt16(i * 2, true);
  } else if (encoding === 'pcm8') {
    // 8-bit PCM is unsigned with its middle at 128.
    for (let i = 0; i < interleaved.length; i++) interleaved[i] = ((data[i] ?? 128) - 128) << 8;
  } else {
    decodeG711(encoding, data, 0, interleaved.length, interleaved, 0);
  }
  if (channels === 1) return [interleaved];
  return Array.from({ length: channels }, (_, channel) =>
    Int16Array.from({ length }, (_, i) => interleaved[i * channels + channel] ?? 0),
  );
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function setTag(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

function malformed(reason: string): AudioError {
  return new AudioError('wav_malformed', 'theirs', `This is no readable WAV file: ${reason}. Save it again as WAV.`);
}
