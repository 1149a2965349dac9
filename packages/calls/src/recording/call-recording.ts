/** A call's recording on its media thread: gathers blocks of a second, and hands them to the recording thread. */
import type { RecordingFault, RecordingPlan } from './plan.ts';
import { blockFrames, recordingChannels } from './protocol.ts';
import type { RecorderPort } from './recorder-port.ts';
import { type RecordingState, type RecordingStimulus, recordingTransitions } from './recording-state.ts';
import type { RecordingTap } from './tap.ts';

/** Of 20 ms at 8 kHz. */
const tickFrames = 160;
/** Sound that comes early waits for its tick; more than 100 ms early is a burst, and its oldest sound goes. */
const mostEarlyFrames = 5 * tickFrames;
/** Blocks under way: a disk that stands still for longer than these seconds leaves a gap of silence, and memory stays bounded. */
const mostBlocks = 5;

/** Who wants silence in the recording. */
export type RecordingHolder = 'api' | 'digits_masked';

export type RecordingEvent =
  | { readonly kind: 'recording_started'; readonly format: RecordingPlan['format']; readonly encrypted: boolean }
  | { readonly kind: 'recording_paused' | 'recording_resumed'; readonly by: RecordingHolder }
  | {
      readonly kind: 'recording_stopped';
      readonly reason: 'call_ended' | RecordingFault;
      /** Of the recording, pauses included: they are silence, so that times in it are times of the call. */
      readonly durationMs: number;
    };

export class CallRecording implements RecordingTap {
  readonly #plan: RecordingPlan;
  readonly #recorder: RecorderPort;
  readonly #emit: (event: RecordingEvent) => void;
  readonly #holders = new Set<RecordingHolder>();
  readonly #caller = new Channel();
  readonly #agent = new Channel();
  #state: RecordingState = 'recording';
  #block: Int16Array<ArrayBuffer>;
  #filled = 0;
  #missing = 0;
  #underWay = 0;
  #frames = 0;
  #hasTicked = false;

  /** Begins at once. */
  constructor(plan: RecordingPlan, recorder: RecorderPort, emit: (event: RecordingEvent) => void) {
    this.#plan = plan;
    this.#recorder = recorder;
    this.#emit = emit;
    this.#block = recorder.takeBlock();
    emit({ kind: 'recording_started', format: plan.format, encrypted: plan.seal !== undefined });
    recorder.begin(plan, {
      written: () => {
        this.#underWay -= 1;
      },
      failed: (fault) => this.#stop('failed', fault),
    });
  }

  tick(skipped: number): void {
    if (this.#state === 'stopped') return;
    // A tick ends with the next one: its sound comes in between.
    if (this.#hasTicked) this.#write();
    this.#hasTicked = true;
    for (let i = 0; i < skipped; i++) this.#write();
  }

  heard(samples: Int16Array, count: number): void {
    if (this.#state === 'recording') this.#caller.add(samples, count);
  }

  sent(samples: Int16Array, count: number): void {
    if (this.#state === 'recording') this.#agent.add(samples, count);
  }

  /** The recording is silent until nobody wants the pause any more. */
  pause(by: RecordingHolder): void {
    this.#holders.add(by);
    this.#stimulate('held', by);
  }

  resume(by: RecordingHolder): void {
    if (this.#holders.delete(by) && this.#holders.size === 0) this.#stimulate('released', by);
  }

  /** The call is over. */
  stop(): void {
    this.#stop('stopped', 'call_ended');
  }

  #stimulate(stimulus: RecordingStimulus, by: RecordingHolder): void {
    const { to, tells } = recordingTransitions[this.#state][stimulus];
    this.#state = to;
    if (tells === 'recording_paused' || tells === 'recording_resumed') this.#emit({ kind: tells, by });
  }

  #stop(stimulus: 'stopped' | 'failed', reason: 'call_ended' | RecordingFault): void {
    const { to, tells } = recordingTransitions[this.#state][stimulus];
    if (!tells) return;
    if (stimulus === 'stopped') {
      if (this.#hasTicked) this.#write();
      this.#send(true);
    }
    this.#state = to;
    this.#emit({ kind: 'recording_stopped', reason, durationMs: this.#frames / (blockFrames / 1000) });
  }

  /** Puts one tick of both channels into the block. */
  #write(): void {
    const at = this.#filled * recordingChannels;
    this.#caller.take(this.#block, at);
    this.#agent.take(this.#block, at + 1);
    this.#filled += tickFrames;
    this.#frames += tickFrames;
    if (this.#filled === blockFrames) this.#send(false);
  }

  #send(isLast: boolean): void {
    if (this.#underWay >= mostBlocks && !isLast) {
      this.#missing += this.#filled;
      this.#filled = 0;
      return;
    }
    this.#underWay += 1;
    this.#recorder.send({
      type: 'block',
      id: this.#plan.id,
      samples: this.#block,
      frames: this.#filled,
      missing: this.#missing,
      isLast,
    });
    this.#missing = 0;
    this.#filled = 0;
    if (!isLast) this.#block = this.#recorder.takeBlock();
  }
}

/** Sound of one side that waits for its tick. */
class Channel {
  readonly #waiting = new Int16Array(mostEarlyFrames);
  #filled = 0;

  add(samples: Int16Array, count: number): void {
    const kept = Math.min(count, mostEarlyFrames);
    const surplus = this.#filled + kept - mostEarlyFrames;
    if (surplus > 0) this.#drop(surplus);
    for (let i = 0; i < kept; i++) this.#waiting[this.#filled + i] = samples[count - kept + i] ?? 0;
    this.#filled += kept;
  }

  /** Moves one tick into every other place of `block`, with silence where nothing is. */
  take(block: Int16Array, from: number): void {
    const there = Math.min(this.#filled, tickFrames);
    for (let i = 0; i < there; i++) block[from + i * recordingChannels] = this.#waiting[i] ?? 0;
    for (let i = there; i < tickFrames; i++) block[from + i * recordingChannels] = 0;
    this.#drop(there);
  }

  #drop(count: number): void {
    this.#waiting.copyWithin(0, count, this.#filled);
    this.#filled -= count;
  }
}
