import type { OpenedCall } from '../directory.ts';
import type { FinishedRecording, RecordingPlan } from './plan.ts';

/** Who keeps recordings; the server's. */
export interface RecordingStore {
  /** How a call is recorded that is about to be answered. */
  plan(call: OpenedCall): RecordingPlan;
  /** A recording is whole. Returns at once and never throws. Not every planned recording begins, or comes to its end. */
  finished(recording: FinishedRecording): void;
}
