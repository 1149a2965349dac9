/** What recording costs: calls that are recorded at their real pace, and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallRecording, RecorderPort, type RecordingPlan, startRecorder } from '@dialplane/calls';
import { machine } from './machine.ts';

const CALLS = 250;
const SECONDS = 20;
const TICK_MS = 20;
const FRAME_SAMPLES = 160;
const WARM_UP_TICKS = 150;

interface Variant {
  readonly name: string;
  readonly format: RecordingPlan['format'];
  readonly seal: RecordingPlan['seal'];
}

const seal = { key: new Uint8Array(32).fill(7), sealedKey: 'bench' };
const variants: readonly Variant[] = [
  { name: 'G.711', format: 'wav', seal: undefined },
  { name: 'G.711, encrypted', format: 'wav', seal },
  { name: 'Opus', format: 'opus', seal: undefined },
];

/** `options`: `--calls 250`, `--seconds 20`. Resolves with Markdown. */
export async function recordingBenchmark(options: readonly string[]): Promise<string> {
  const calls = numberAfter(options, '--calls', CALLS);
  const seconds = numberAfter(options, '--seconds', SECONDS);
  const lines = [
    '## Recording',
    '',
    `Machine: ${machine()}. Command: \`${['npm run bench -- recording', ...options].join(' ')}\`.`,
    `${calls} calls for ${seconds} s each; CPU of all threads together, and of the thread that has the calls.`,
    '',
    '| format | CPU per call-second (ms) | of it on the media thread (ms) | resident per call (kB) | stopped early |',
    '| --- | ---: | ---: | ---: | ---: |',
  ];
  for (const variant of variants) {
    // One encoder does what a hundred of the others do.
    lines.push(await measure(variant, variant.format === 'opus' ? Math.ceil(calls / 10) : calls, seconds));
  }
  return `${lines.join('\n')}\n`;
}

async function measure({ name, format, seal: sealed }: Variant, calls: number, seconds: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dialplane-bench-recording-'));
  const recorder = startRecorder({ finished: () => {}, failed: () => {}, lost: () => {} });
  const port = recorder.connect();
  const way = new RecorderPort(port);
  const residentBefore = process.memoryUsage().rss;
  let early = 0;
  const recordings = Array.from({ length: calls }, (_, i) => {
    const path = join(folder, `${i}.sound`);
    const plan = { id: String(i), format, path, peaksPath: `${path}.peaks`, seal: sealed };
    return new CallRecording(plan, way, (event) => {
      if (event.kind === 'recording_stopped' && event.reason !== 'call_ended') early += 1;
    });
  });
  const caller = noise();
  const agent = noise();
  const tick = () => {
    for (const recording of recordings) {
      recording.tick(0);
      recording.heard(caller, FRAME_SAMPLES);
      recording.sent(agent, FRAME_SAMPLES);
    }
  };
  await atPace(WARM_UP_TICKS, tick);
  const cpu = process.cpuUsage();
  const ownCpu = process.threadCpuUsage();
  await atPace((seconds * 1000) / TICK_MS, tick);
  const used = process.cpuUsage(cpu);
  const ownUsed = process.threadCpuUsage(ownCpu);
  const resident = process.memoryUsage().rss - residentBefore;
  for (const recording of recordings) recording.stop();
  port.close();
  await recorder.close();
  rmSync(folder, { recursive: true, force: true });
  const perCallSecond = (microseconds: number) => (microseconds / 1000 / (calls * seconds)).toFixed(3);
  const cells = [
    name,
    perCallSecond(used.user + used.system),
    perCallSecond(ownUsed.user + ownUsed.system),
    Math.round(resident / 1000 / calls),
    early,
  ];
  return `| ${cells.join(' | ')} |`;
}

function atPace(ticks: number, tick: () => void): Promise<void> {
  const startMs = performance.now();
  let done = 0;
  return new Promise((resolve) => {
    const next = () => {
      while (done < ticks && performance.now() >= startMs + done * TICK_MS) {
        tick();
        done += 1;
      }
      if (done === ticks) resolve();
      else setTimeout(next, Math.max(0, startMs + done * TICK_MS - performance.now()));
    };
    next();
  });
}

/** As loud as speech; silence would be cheaper to encode. */
function noise(): Int16Array {
  return Int16Array.from({ length: FRAME_SAMPLES }, () => (Math.random() - 0.5) * 8000);
}

function numberAfter(options: readonly string[], name: string, otherwise: number): number {
  const at = options.indexOf(name);
  return at < 0 ? otherwise : Number(options[at + 1]);
}
