/** One recording on the recording thread: blocks in, files out, one after the other. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ByteFile } from './byte-file.ts';
import { finishRecording, openRecordingFile } from './finish-recording.ts';
import { PeakMeter } from './peak-meter.ts';
import type { FinishedRecording, RecordingPlan } from './plan.ts';
import { blockFrames, recordingChannels } from './protocol.ts';
import { createSoundEncoder, type SoundEncoder } from './sound-encoder.ts';

/** Peaks are few bytes: written twice a minute, which is what a crash takes from the end of the waveform. */
const peaksEveryBlocks = 30;

/** What a crash takes from the end of an encrypted recording, at most; a whole chunk of G.711 is a second. */
const flushEveryBlocks = 5;

const silentBlock = new Int16Array(blockFrames * recordingChannels);

/** What chunks of the waveform's file are bound to, when it is encrypted: never to be taken for the sound. */
export const peaksId = (id: string): string => `${id}/peaks`;

export class RecordingFile {
  readonly #plan: RecordingPlan;
  readonly #encoder: SoundEncoder;
  readonly #peaks = new PeakMeter();
  readonly #sound: ByteFile;
  readonly #waveform: ByteFile;
  #blocks = 0;

  private constructor(plan: RecordingPlan, sound: ByteFile, waveform: ByteFile, encoder: SoundEncoder) {
    this.#plan = plan;
    this.#sound = sound;
    this.#waveform = waveform;
    this.#encoder = encoder;
  }

  static async open(plan: RecordingPlan, serial: number): Promise<RecordingFile> {
    await mkdir(dirname(plan.path), { recursive: true, mode: 0o700 });
    await mkdir(dirname(plan.peaksPath), { recursive: true, mode: 0o700 });
    const sound = await openRecordingFile(plan, 'w+');
    const waveform = await openRecordingFile(
      { id: peaksId(plan.id), path: plan.peaksPath, seal: plan.seal },
      'w+',
    ).catch(async (error: unknown) => {
      await sound.close();
      throw error;
    });
    const encoder = createSoundEncoder(plan.format, serial);
    const file = new RecordingFile(plan, sound, waveform, encoder);
    try {
      await sound.append(encoder.begin());
    } catch (error) {
      await file.abandon();
      throw error;
    }
    return file;
  }

  /** @param missing frames of silence before the block. */
  async write(samples: Int16Array, frames: number, missing: number): Promise<void> {
    for (let left = missing; left > 0; left -= blockFrames) await this.#add(silentBlock, Math.min(left, blockFrames));
    await this.#add(samples, frames);
    this.#blocks += 1;
    if (this.#blocks % flushEveryBlocks === 0) await this.#sound.flush();
    if (this.#blocks % peaksEveryBlocks === 0) await this.#writePeaks(false);
  }

  /** Nothing is written after it. On a full disk the end may be missing, and what is there is whole all the same. */
  async finish(): Promise<FinishedRecording> {
    const ending = this.#sound.append(this.#encoder.end()).then(() => this.#sound.flush());
    await ending.catch(() => undefined);
    await this.#writePeaks(true).catch(() => undefined);
    const finished = await finishRecording(this.#sound, this.#plan);
    await this.abandon();
    return finished;
  }

  /** Leaves the files as they are. */
  async abandon(): Promise<void> {
    await this.#sound.close();
    await this.#waveform.close();
  }

  async #writePeaks(isLast: boolean): Promise<void> {
    await this.#waveform.append(this.#peaks.take(isLast));
    await this.#waveform.flush();
  }

  async #add(samples: Int16Array, frames: number): Promise<void> {
    if (frames === 0) return;
    this.#peaks.add(samples, frames);
    await this.#sound.append(this.#encoder.encode(samples, frames));
  }
}
