import { runCarrierCommand } from './carrier-command.ts';

const [what, ...argv] = process.argv.slice(2);
if (what !== 'carrier') {
  console.error(`There is nothing to simulate by the name "${what ?? ''}". Write: npm run simulate -- carrier --help`);
  process.exit(3);
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupt.abort());

process.exitCode = await runCarrierCommand(argv, {
  signal: interrupt.signal,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
