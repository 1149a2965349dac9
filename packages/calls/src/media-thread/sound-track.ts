/** The incoming sound of one codec: packets in as they come, an unbroken stream of samples out. */
import { LossConcealment, rmsDbfs, type VoiceCodec } from '@dialplane/audio';
import { JitterBuffer, type JitterStatistics, type RtpHeader } from '@dialplane/rtp';
import { ComfortNoise } from './comfort-noise.ts';

const tickMs = 20;
/** Longest packet that is decoded: 60 ms is the longest in use, and some gateways send 120. */
const longestPacketMs = 120;
/** Room for the longest gap that is filled (200 ms), the packet behind it, and what is left of the one before. */
const queueMs = 400;
/** Sound is left out where it is quieter than this: quiet syllables of a telephone voice are louder. */
const quietDbfs = -45;
/** From three packets too many on the call catches up at once, wherever it is. */
const muchSurplusMs = 60;
/** A talker who never pauses is not waited for longer than this. */
const longestWaitMs = 500;
/** Where sound was left out both ends are blended over this time; long enough for no click, shorter than a pitch period. */
const blendMs = 5;

export class SoundTrack {
  readonly codec: VoiceCodec;
  readonly payloadType: number;
  readonly #buffer: JitterBuffer;
  readonly #concealment: LossConcealment;
  readonly #comfort: ComfortNoise;
  readonly #decoded: Int16Array;
  readonly #queue: Int16Array;
  /** Beginning of what was left out, which goes over into what follows. */
  readonly #leftOut: Int16Array;
  #queued = 0;
  #isBlending = false;
  #surplusMs = 0;
  #waitedMs = 0;

  constructor(codec: VoiceCodec, payloadType: number) {
    const samples = (durationMs: number) => (codec.rateHz / 1000) * durationMs;
    this.codec = codec;
    this.payloadType = payloadType;
    this.#buffer = new JitterBuffer(codec.clockRateHz);
    this.#concealment = new LossConcealment(codec.rateHz);
    this.#comfort = new ComfortNoise();
    this.#decoded = new Int16Array(samples(longestPacketMs));
    this.#queue = new Int16Array(samples(queueMs));
    this.#leftOut = new Int16Array(samples(blendMs));
  }

  get statistics(): JitterStatistics {
    return this.#buffer.statistics;
  }

  /** How long packets are held, their own length included. */
  get delayMs(): number {
    return this.#buffer.targetMs;
  }

  /** No packet waits. */
  get isEmpty(): boolean {
    return this.#buffer.isEmpty;
  }

  push(packet: Buffer, header: RtpHeader, arrivedMs: number): void {
    this.#buffer.push(packet, header, arrivedMs);
  }

  /** A packet of comfort noise: what follows is silence of that level. */
  pushNoise(packet: Buffer, header: RtpHeader): void {
    this.#comfort.begin(packet, header);
  }

  /** The sender begins anew. */
  restart(): void {
    this.#buffer.restart();
    this.#comfort.end();
    this.#surplusMs = 0;
  }

  /** Fills `frame` with the next samples at the codec's rate. */
  next(frame: Int16Array, nowMs: number): void {
    while (this.#queued < frame.length && this.#pull(nowMs));
    const count = Math.min(frame.length, this.#queued);
    for (let i = 0; i < count; i++) frame[i] = this.#queue[i] ?? 0;
    this.#queue.copyWithin(0, count, this.#queued);
    this.#queued -= count;
    if (count === frame.length) return;
    this.#comfort.fill(frame, count, frame.length);
    this.#concealment.heard(frame, count, frame.length);
  }

  /** Puts what is due into the queue. False when nothing is. */
  #pull(nowMs: number): boolean {
    const pulled = this.#buffer.pull(nowMs);
    if (pulled.kind === 'nothing') return false;
    if (pulled.kind === 'underrun') {
      const count = this.codec.rateHz / (1000 / tickMs);
      this.#makeUp(count);
      this.#buffer.covered((count * this.codec.clockRateHz) / this.codec.rateHz);
      return true;
    }
    const { packet, from, to, missing, surplusMs } = pulled;
    const count = this.codec.decode(packet, from, to, this.#decoded, 0);
    this.#buffer.played((count * this.codec.clockRateHz) / this.codec.rateHz);
    if (surplusMs > 0) this.#surplusMs = surplusMs;
    if (missing > 0) this.#fillGap(Math.round((missing * this.codec.rateHz) / this.codec.clockRateHz), count);
    this.#comfort.heard(packet);
    if (!this.#isLeftOut(count)) this.#append(count);
    return true;
  }

  /** Sound of which nobody knows how it goes on. */
  #makeUp(count: number): void {
    const from = this.#queued;
    this.#queued = Math.min(this.#queue.length, from + count);
    if (this.#comfort.isOn) {
      this.#comfort.fill(this.#queue, from, this.#queued);
      this.#concealment.heard(this.#queue, from, this.#queued);
    } else this.#concealment.extrapolate(this.#queue, from, this.#queued);
  }

  /** Lost sound before the packet that was just decoded into `count` samples. */
  #fillGap(gap: number, count: number): void {
    const from = this.#queued;
    const to = Math.min(this.#queue.length - count, from + gap);
    if (to <= from) return;
    if (!this.#comfort.isOn && count > 0 && this.#concealment.bridge(this.#queue, from, to, this.#decoded, 0, count)) {
      this.#queued = to;
    } else this.#makeUp(to - from);
  }

  /** Too much is waiting, and this packet is a good one to leave out. */
  #isLeftOut(count: number): boolean {
    const lengthMs = (count * 1000) / this.codec.rateHz;
    if (this.#surplusMs < lengthMs || lengthMs === 0) return false;
    this.#waitedMs += lengthMs;
    const isTime = this.#surplusMs >= muchSurplusMs || this.#waitedMs >= longestWaitMs;
    if (!isTime && rmsDbfs(this.#decoded, 0, count) > quietDbfs) return false;
    this.#waitedMs = 0;
    this.#surplusMs -= lengthMs;
    // Two in a row go over into each other only once, from the first to what is played next.
    if (!this.#isBlending) for (let i = 0; i < this.#leftOut.length; i++) this.#leftOut[i] = this.#decoded[i] ?? 0;
    this.#isBlending = true;
    return true;
  }

  #append(count: number): void {
    if (this.#isBlending) this.#blend(count);
    this.#concealment.heard(this.#decoded, 0, count);
    const room = Math.min(count, this.#queue.length - this.#queued);
    for (let i = 0; i < room; i++) this.#queue[this.#queued + i] = this.#decoded[i] ?? 0;
    this.#queued += room;
  }

  #blend(count: number): void {
    this.#isBlending = false;
    const length = Math.min(count, this.#leftOut.length);
    for (let i = 0; i < length; i++) {
      const weight = (i + 1) / (length + 1);
      this.#decoded[i] = Math.round((1 - weight) * (this.#leftOut[i] ?? 0) + weight * (this.#decoded[i] ?? 0));
    }
  }
}
