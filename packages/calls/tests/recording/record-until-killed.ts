/** A process that records a tone into the folder it is given, faster than time goes by, and is killed. */
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { sine } from '@dialplane/audio';
import { CallRecording } from '../../src/recording/call-recording.ts';
import { startRecorder } from '../../src/recording/recorder.ts';
import { RecorderPort } from '../../src/recording/recorder-port.ts';

const folder = argv[2] ?? '';
const recorder = startRecorder({ finished: () => {}, failed: () => {}, lost: () => {} });
const plan = {
  id: 'killed',
  format: argv[3] === 'opus' ? 'opus' : 'wav',
  path: join(folder, 'killed.sound'),
  peaksPath: join(folder, 'killed.peaks'),
  seal: undefined,
} as const;
const recording = new CallRecording(plan, new RecorderPort(recorder.connect()), () => {});
const frame = sine({ frequencyHz: 400, sampleRate: 8000, durationMs: 20, levelDbfs: -12 });
let seconds = 0;
setInterval(() => {
  for (let tick = 0; tick < 50; tick++) {
    recording.tick(0);
    recording.heard(frame, 160);
  }
  seconds += 1;
  stdout.write(`${seconds}\n`);
}, 20);
