/** What a recording is made as, and what is known of it when it is whole. */

/** `wav`: G.711 mu-law in two channels; `opus`: Opus in Ogg. */
export type RecordingFormat = 'wav' | 'opus';

/** Encrypts a file; see `sealed-file.ts`. */
export interface RecordingSeal {
  /** 32 bytes, made for this recording alone. */
  readonly key: Uint8Array;
  /** The same key, sealed by whoever can open it again; stands at the head of the file as it is. */
  readonly sealedKey: string;
}

export interface RecordingPlan {
  /** The call's. */
  readonly id: string;
  readonly format: RecordingFormat;
  /** Absolute; folders on the way are made. Whatever is there is replaced. */
  readonly path: string;
  /** Where its waveform goes: for each 100 ms a byte for the caller and one for the agent. */
  readonly peaksPath: string;
  readonly seal: RecordingSeal | undefined;
}

export interface FinishedRecording {
  readonly id: string;
  readonly durationMs: number;
  /** Of the sound file as it is played, before encryption. */
  readonly bytes: number;
  /** SHA-256 of those bytes, hexadecimal. */
  readonly sha256: string;
}

/** Why a recording ended before its call. */
export type RecordingFault = 'disk_full' | 'write_failed' | 'recorder_lost';
