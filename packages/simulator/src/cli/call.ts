import { runCallCommand } from './call-command.ts';

const interrupt = new AbortController();
// Ctrl-C in a terminal reaches us twice, by the terminal and by npm: the second one must not cut the hang-up short.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupt.abort());

process.exitCode = await runCallCommand(process.argv.slice(2), {
  dataDirectory: process.env.DATA_DIR ?? 'data',
  signal: interrupt.signal,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
