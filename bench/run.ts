/** `npm run bench [name]`: runs one benchmark, or all, and prints its figures as Markdown for docs/benchmarks.md. */
import { apiBenchmark } from './api.ts';
import { hearingBenchmark } from './hearing.ts';
import { recordingBenchmark } from './recording.ts';
import { sipBenchmark } from './sip.ts';
import { soakBenchmark } from './soak.ts';
import { turnBenchmark } from './turn.ts';

const benchmarks: Readonly<Record<string, (options: readonly string[]) => Promise<string>>> = {
  turn: turnBenchmark,
  api: apiBenchmark,
  recording: recordingBenchmark,
  sip: sipBenchmark,
  soak: soakBenchmark,
  hearing: hearingBenchmark,
};

const [name, ...options] = process.argv.slice(2);
const chosen = name === undefined || name.startsWith('--') ? Object.keys(benchmarks) : [name];
for (const one of chosen) {
  const benchmark = benchmarks[one];
  if (!benchmark) {
    console.error(`There is no benchmark "${one}". Benchmarks: ${Object.keys(benchmarks).join(', ')}.`);
    process.exit(2);
  }
  console.log(await benchmark(name === one ? options : process.argv.slice(2)));
}
