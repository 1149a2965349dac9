import type { SpeechDetector } from '../speech-detector.ts';
import { EchoGuard } from './echo-guard.ts';

const SAMPLES_PER_MS = 8;
/** The detector's border between silence and what may be speech. */
const SUSPICIOUS_PROBABILITY = 0.35;
/** Told apart from the echo, the caller has been speaking for about so long. */
const TELLING_APART_MS = 200;

/** A speech detector that does not take our own sound, coming back, for the caller's speech. */
export class GuardedDetector {
  readonly #detector: SpeechDetector;
  readonly #guard = new EchoGuard();
  #position = 0;
  #wasEchoing = false;
  #lastSpeechSample = 0;
  /** Before it the sound was an echo. */
  #earliestOnset = 0;

  /** @param detector hears through this one only; it stays its owner's, who closes it. */
  constructor(detector: SpeechDetector) {
    this.#detector = detector;
  }

  /** What is heard now is our own sound. */
  get echoing(): boolean {
    return this.#guard.echoing;
  }

  /** From sending our sound to hearing it again; undefined while no echo is known. */
  get echoDelayMs(): number | undefined {
    return this.#guard.delayMs;
  }

  get speaking(): boolean {
    return this.#detector.speaking && !this.echoing;
  }

  get probability(): number {
    return this.echoing ? 0 : this.#detector.probability;
  }

  get lastSpeechSample(): number {
    return this.#lastSpeechSample;
  }

  get silenceMs(): number {
    return (this.#position - this.#lastSpeechSample) / SAMPLES_PER_MS;
  }

  get speechRunMs(): number {
    if (!this.speaking) return 0;
    const onset = Math.max(this.#detector.onsetSample, this.#earliestOnset);
    return Math.max(0, this.#lastSpeechSample - onset) / SAMPLES_PER_MS;
  }

  get levelDbfs(): number {
    return this.#detector.levelDbfs;
  }

  get noiseFloorDbfs(): number {
    return this.#detector.noiseFloorDbfs;
  }

  /** The next 20 ms that were sent. */
  sent(frame: Int16Array): void {
    this.#guard.sent(frame);
  }

  /** The next 20 ms of the other side. */
  hear(frame: Int16Array): void {
    const detector = this.#detector;
    detector.hear(frame);
    this.#position += frame.length;
    this.#guard.heard(frame, detector.speaking || detector.probability >= SUSPICIOUS_PROBABILITY);
    const { echoing } = this.#guard;
    if (this.#wasEchoing && !echoing) this.#earliestOnset = this.#position - TELLING_APART_MS * SAMPLES_PER_MS;
    this.#wasEchoing = echoing;
    if (this.speaking) this.#lastSpeechSample = detector.lastSpeechSample;
  }
}
