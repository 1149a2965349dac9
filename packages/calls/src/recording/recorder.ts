/** The recording thread as the main thread sees it. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { FinishedRecording } from './plan.ts';
import type { RecorderCommand, RecorderReport } from './protocol.ts';

export interface RecorderOptions {
  readonly finished: (recording: FinishedRecording) => void;
  /** The recording's own end is told by its media thread. */
  readonly failed: (id: string, message: string) => void;
  /** The thread died and a new one runs: every media thread needs another port. */
  readonly lost: (error: Error) => void;
}

export interface Recorder {
  /** A port for a media thread. */
  connect(): MessagePort;
  /** To be called when the media threads are gone; resolves when every recording is whole. */
  close(): Promise<void>;
}

export function startRecorder(options: RecorderOptions): Recorder {
  const closed = Promise.withResolvers<void>();
  let closing = false;
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL('./thread.ts', import.meta.url), { name: 'recording' });
    started.on('message', (message: RecorderReport) => {
      if (message.type === 'finished') options.finished(message.recording);
      else if (message.type === 'failed') options.failed(message.id, message.message);
      else closed.resolve();
    });
    started.once('error', (error) => {
      if (closing) return;
      worker = start();
      options.lost(error instanceof Error ? error : new Error(String(error)));
    });
    started.once('exit', () => {
      if (closing) closed.resolve();
    });
    return started;
  }

  return {
    connect() {
      const { port1, port2 } = new MessageChannel();
      const command: RecorderCommand = { type: 'connect', port: port1 };
      worker.postMessage(command, [port1]);
      return port2;
    },
    async close() {
      closing = true;
      const command: RecorderCommand = { type: 'close' };
      worker.postMessage(command);
      await closed.promise;
      await worker.terminate();
    },
  };
}
