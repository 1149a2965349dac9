/** Entry of the recording thread: encodes, encrypts and writes the sound of all calls, so that no media thread waits for it. */
import { parentPort } from 'node:worker_threads';
import type { RecorderCommand, RecorderReport } from './protocol.ts';
import { RecordingDesk } from './recording-desk.ts';

if (!parentPort) throw new Error('The recording thread is started by the recorder, not by itself.');
const main = parentPort;
const report = (message: RecorderReport) => main.postMessage(message);
const desks = new Set<Promise<void>>();
let serial = 0;

main.on('message', (command: RecorderCommand) => {
  if (command.type === 'close') {
    void Promise.all(desks).then(() => report({ type: 'closed' }));
    return;
  }
  const { closed } = new RecordingDesk(command.port, report, () => ++serial);
  desks.add(closed);
  void closed.then(() => desks.delete(closed));
});
