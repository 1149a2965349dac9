import { parentPort } from 'node:worker_threads';
import { createVoiceCodec } from '../src/index.ts';

createVoiceCodec('opus').encode(new Int16Array(320), new Uint8Array(1500), 0);
// A thread with a port that is listened on does not end by itself.
parentPort?.on('message', () => {});
parentPort?.postMessage('ready');
