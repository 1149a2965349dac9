import type { Speech } from './speech.ts';

/** A caller waits this long for a model's first word, or for more words, before the turn counts as failed. */
const MODEL_STALL_MS = 8000;
/** Sentences take a fraction of a second to synthesise; after this the engine is stuck. */
const SYNTHESIS_STALL_MS = 5000;

/** Who keeps a speech waiting for too long, if anybody does. */
export function stalledStage(speech: Speech, modelStreams: boolean, nowMs: number): 'model' | 'synthesiser' | null {
  if (!speech.starving) return null;
  const waitedMs = nowMs - speech.progressMs;
  if (speech.synthesising) return waitedMs >= SYNTHESIS_STALL_MS ? 'synthesiser' : null;
  return modelStreams && waitedMs >= MODEL_STALL_MS ? 'model' : null;
}

export class StallError extends Error {
  readonly code = 'stalled';

  constructor(stage: 'model' | 'synthesiser') {
    super(
      stage === 'model'
        ? `The model sent no words for ${MODEL_STALL_MS / 1000} seconds. Check its provider's status and load.`
        : `The synthesiser sent no sound for ${SYNTHESIS_STALL_MS / 1000} seconds. Check its provider's status and load.`,
    );
    this.name = 'StallError';
  }
}
