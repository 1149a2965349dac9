import type { CallerDetector } from './caller-detector.ts';
import type { CallerSound } from './caller-sound.ts';
import { PAUSE_MS } from './endpointing.ts';

const FRAME_MS = 20;

/** When the caller's voice sets in and stops, more exactly than the detector's own hang-over tells. */
export class CallerVoice {
  readonly #detector: CallerDetector;
  readonly #sound: CallerSound;
  #speaking = false;
  #spokeBefore = false;
  #detectorSpoke = false;
  #burst = 0;

  constructor(detector: CallerDetector, sound: CallerSound) {
    this.#detector = detector;
    this.#sound = sound;
  }

  get speaking(): boolean {
    return this.#speaking;
  }

  /** `speaking` as of the frame before. */
  get spokeBefore(): boolean {
    return this.#spokeBefore;
  }

  get began(): boolean {
    return this.#speaking && !this.#spokeBefore;
  }

  get stopped(): boolean {
    return !this.#speaking && this.#spokeBefore;
  }

  /** First sample of the current or latest stretch of speech. */
  get burst(): number {
    return this.#burst;
  }

  get burstFromMs(): number {
    return this.#sound.heardAtMs(this.#burst + 1);
  }

  get burstToMs(): number {
    return this.#sound.heardAtMs(this.#detector.lastSpeechSample);
  }

  get silenceMs(): number {
    return this.#detector.silenceMs;
  }

  get lastSample(): number {
    return this.#detector.lastSpeechSample;
  }

  get aboveNoiseDb(): number {
    return this.#detector.levelDbfs - this.#detector.noiseFloorDbfs;
  }

  /** After the frame was added to the sound. */
  hear(frame: Int16Array): void {
    const detector = this.#detector;
    detector.hear(frame);
    this.#spokeBefore = this.#speaking;
    this.#speaking = detector.speaking && detector.silenceMs < PAUSE_MS;
    // Within the detector's hang-over there is no new onset to ask for.
    if (this.began) {
      this.#burst = this.#sound.earlier(
        detector.lastSpeechSample,
        this.#detectorSpoke ? FRAME_MS : detector.speechRunMs,
      );
    }
    this.#detectorSpoke = detector.speaking;
  }
}
