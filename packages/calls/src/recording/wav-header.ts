import { recordingChannels, recordingSampleRate } from './protocol.ts';

/** RIFF head, `fmt ` with its extension size, `fact`, and the head of `data`. */
export const wavHeaderBytes = 58;
/** mmreg.h: WAVE_FORMAT_MULAW. */
const muLaw = 7;
/** For a recording that still grows. Players take a data chunk longer than the file as "to the end". */
const unknownBytes = 0xffff_ff00;

/** @param dataBytes of sound behind the header; undefined while it grows. */
export function muLawWavHeader(dataBytes: number | undefined): Uint8Array {
  const header = Buffer.alloc(wavHeaderBytes);
  const bytes = Math.min(dataBytes ?? unknownBytes, unknownBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(bytes + wavHeaderBytes - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(muLaw, 20);
  header.writeUInt16LE(recordingChannels, 22);
  header.writeUInt32LE(recordingSampleRate, 24);
  header.writeUInt32LE(recordingSampleRate * recordingChannels, 28);
  header.writeUInt16LE(recordingChannels, 32);
  header.writeUInt16LE(8, 34);
  // Every format but PCM says how many samples each channel has.
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.writeUInt32LE(Math.floor(bytes / recordingChannels), 46);
  header.write('data', 50, 'latin1');
  header.writeUInt32LE(bytes, 54);
  return header;
}
