/** What a media thread, the recording thread and the main thread say to each other. */
import type { MessagePort } from 'node:worker_threads';
import type { FinishedRecording, RecordingFault, RecordingPlan } from './plan.ts';

/** Samples of a second in both channels, interleaved: caller, agent. */
export const blockFrames = 8000;
export const recordingChannels = 2;
export const recordingSampleRate = 8000;

/** A media thread to the recording thread. A block comes back as `free` when it is written. */
export type ToRecorder =
  | { readonly type: 'begin'; readonly plan: RecordingPlan }
  | {
      readonly type: 'block';
      readonly id: string;
      readonly samples: Int16Array<ArrayBuffer>;
      /** Filled; less than the whole only in the last block. */
      readonly frames: number;
      /** Frames that could not be sent right before it, since too much waited: silence. */
      readonly missing: number;
      readonly isLast: boolean;
    };

export type FromRecorder =
  | { readonly type: 'free'; readonly id: string; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly id: string; readonly fault: RecordingFault };

/** The main thread to the recording thread. */
export type RecorderCommand = { readonly type: 'connect'; readonly port: MessagePort } | { readonly type: 'close' };

export type RecorderReport =
  | { readonly type: 'finished'; readonly recording: FinishedRecording }
  /** For the log. */
  | { readonly type: 'failed'; readonly id: string; readonly message: string }
  /** After `close`: every recording is whole. */
  | { readonly type: 'closed' };
