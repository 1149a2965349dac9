/**
 * What the conversation needs to know about the caller's sound; `SpeechDetector` of `@dialplane/audio` fits.
 * The properties describe the moment after the last `hear`.
 */
export interface CallerDetector {
  /** Takes 20 ms of the caller: 160 samples at 8 kHz. */
  hear(frame: Int16Array): void;
  /** Stays true for a moment after the last sound; `silenceMs` knows the end better. */
  readonly speaking: boolean;
  /** How likely the last 32 ms were speech, 0 to 1: a first sign, some 60 ms before `speaking`. */
  readonly probability: number;
  /** First to last sound of the current speech; 0 when nobody speaks. */
  readonly speechRunMs: number;
  /** From the end of the last real speech, refined by energy, to now. */
  readonly silenceMs: number;
  /** Sample position, counted from the first frame, of the end of the last real speech. */
  readonly lastSpeechSample: number;
  /** Level of the current or last speech. */
  readonly levelDbfs: number;
  readonly noiseFloorDbfs: number;
}
