/** What the other side says: packets of any codec in, one frame of 8 kHz for each tick out. */
import { Halver, type VoiceCodec } from '@dialplane/audio';
import type { RtpHeader } from '@dialplane/rtp';
import { SoundTrack } from './sound-track.ts';

/** Samples of one 20 ms frame at 8 kHz, the rate the conversation, its detectors and the telephone recogniser work at. */
export const frameSamples = 160;
const wideFrameSamples = 2 * frameSamples;
/**
 * A tick later than this runs before the packets that came meanwhile have been read from the socket: its frame is taken at the
 * next tick, which finds them, instead of being made up.
 */
const lateMs = 10;
/** So many frames at most are taken later; the rest is surplus, which the jitter buffer gets rid of. */
const mostOwedFrames = 3;

export class IncomingSound {
  readonly #onFrame: (frame: Int16Array) => void;
  readonly #frame = new Int16Array(frameSamples);
  readonly #wide = new Int16Array(wideFrameSamples);
  readonly #halver = new Halver();
  #track: SoundTrack | undefined;
  /** Played to its end after a change of the codec. */
  #former: SoundTrack | undefined;
  #noisePayloadType = -1;
  #owedFrames = 0;

  /** @param onFrame hears 160 samples, about every 20 ms; the array is used again. */
  constructor(onFrame: (frame: Int16Array) => void) {
    this.#onFrame = onFrame;
  }

  /** The stream that is heard now; undefined before the first agreement. */
  get track(): SoundTrack | undefined {
    return this.#track;
  }

  /** A first or another agreement. */
  agree(codec: VoiceCodec, payloadType: number, noisePayloadType: number | undefined): void {
    this.#noisePayloadType = noisePayloadType ?? -1;
    if (this.#track?.codec === codec && this.#track.payloadType === payloadType) return;
    this.#former = this.#track;
    this.#track = new SoundTrack(codec, payloadType);
  }

  /** A packet as the leg gives it. */
  arrived(packet: Buffer, header: RtpHeader, arrivedMs: number): void {
    const { payloadType } = header;
    if (payloadType === this.#track?.payloadType) this.#track.push(packet, header, arrivedMs);
    else if (payloadType === this.#noisePayloadType) this.#track?.pushNoise(packet, header);
    else if (payloadType === this.#former?.payloadType) this.#former.push(packet, header, arrivedMs);
  }

  /** The other side's stream begins anew. */
  restart(): void {
    this.#former = undefined;
    this.#track?.restart();
  }

  /** Once for each tick, with how late it is; `skipped` ticks were left out before it. */
  tick(nowMs: number, latenessMs: number, skipped: number): void {
    this.#owedFrames = Math.min(mostOwedFrames, this.#owedFrames + skipped);
    if (latenessMs > lateMs && this.#owedFrames < mostOwedFrames) {
      this.#owedFrames += 1;
      return;
    }
    this.#take(nowMs);
    for (; this.#owedFrames > 0 && this.#track?.isEmpty === false; this.#owedFrames--) this.#take(nowMs);
    this.#owedFrames = 0;
  }

  #take(nowMs: number): void {
    const track = this.#audible();
    if (!track) this.#frame.fill(0);
    else if (track.codec.rateHz === 8000) track.next(this.#frame, nowMs);
    else {
      track.next(this.#wide, nowMs);
      this.#halver.process(this.#wide, wideFrameSamples, this.#frame);
    }
    this.#onFrame(this.#frame);
  }

  /** After a change of the codec the old one is heard until the new one comes. */
  #audible(): SoundTrack | undefined {
    if (this.#former?.isEmpty && this.#track?.isEmpty === false) this.#former = undefined;
    return this.#former ?? this.#track;
  }
}
