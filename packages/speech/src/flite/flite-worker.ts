/** Thread of the embedded synthesiser: takes one job at a time, since a sentence blocks it. */
import { parentPort } from 'node:worker_threads';
import { loadResampler } from '@dialplane/audio';
import { createFliteEngine } from './flite-engine.ts';
import type { FliteAnswer, FliteJob } from './flite-job.ts';
import { speakSentence } from './flite-sentence.ts';

const port = parentPort;
if (port === null) throw new Error('flite-worker.ts runs as a worker thread only.');

const engine = createFliteEngine();
const resamplers = await loadResampler();
// The compiler optimises while it runs: without this the first sentence of the first call takes three times as long.
engine.speak('good morning, how can i help you today?', 'rms');
engine.prepare();

const answer = (message: FliteAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

port.on('message', (job: FliteJob) => {
  try {
    const { samples, words } = speakSentence(engine, resamplers, job);
    answer({ type: 'spoken', id: job.id, samples, words }, [samples.buffer as ArrayBuffer]);
  } catch (error) {
    answer({ type: 'failed', id: job.id, message: error instanceof Error ? error.message : String(error) });
  }
  setImmediate(() => engine.prepare());
});
answer({ type: 'ready' });
