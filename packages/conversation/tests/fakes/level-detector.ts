import type { CallerDetector } from '../../src/index.ts';

const ONSET_FRAMES = 3;
const HANG_OVER_SAMPLES = 960;

/** A detector for coded sound: slow to believe, slow to let go, exact about where the speech ended. */
export class LevelDetector implements CallerDetector {
  speaking = false;
  probability = 0;
  lastSpeechSample = 0;
  levelDbfs = -20;
  noiseFloorDbfs = -60;
  #onset = 0;
  #position = 0;
  #loudFrames = 0;

  get silenceMs(): number {
    return (this.#position - this.lastSpeechSample) / 8;
  }

  get speechRunMs(): number {
    return this.speaking ? (this.lastSpeechSample - this.#onset) / 8 : 0;
  }

  hear(frame: Int16Array): void {
    const loud = frame.some((sample) => Math.abs(sample) > 500);
    this.#position += frame.length;
    this.probability = loud ? 0.9 : 0;
    this.#loudFrames = loud ? this.#loudFrames + 1 : 0;
    if (!this.speaking && this.#loudFrames === ONSET_FRAMES) {
      this.speaking = true;
      this.#onset = this.#position - ONSET_FRAMES * frame.length;
    }
    if (this.speaking && loud) this.lastSpeechSample = this.#position;
    if (this.speaking && this.#position - this.lastSpeechSample >= HANG_OVER_SAMPLES) this.speaking = false;
  }
}
