import { encodeG711, OggOpusEncoder } from '@dialplane/audio';
import type { RecordingFormat } from './plan.ts';
import { recordingChannels, recordingSampleRate } from './protocol.ts';
import { muLawWavHeader } from './wav-header.ts';

/** Makes the bytes of a sound file, piece by piece. */
export interface SoundEncoder {
  begin(): Uint8Array;
  /** @param samples interleaved. The bytes may be overwritten by the next call. */
  encode(samples: Int16Array, frames: number): Uint8Array;
  end(): Uint8Array;
}

/** @param serial tells an Ogg stream from others. */
export function createSoundEncoder(format: RecordingFormat, serial: number): SoundEncoder {
  if (format === 'opus') {
    return new OggOpusEncoder({ sampleRate: recordingSampleRate, channels: recordingChannels, serial });
  }
  let encoded = new Uint8Array(0);
  return {
    begin: () => muLawWavHeader(undefined),
    encode(samples, frames) {
      const count = frames * recordingChannels;
      if (encoded.length < count) encoded = new Uint8Array(count);
      encodeG711('mu', samples, 0, count, encoded, 0);
      return encoded.subarray(0, count);
    },
    end: () => new Uint8Array(0),
  };
}
