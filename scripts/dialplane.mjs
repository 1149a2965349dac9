#!/usr/bin/env node
// The `dialplane` command: brings the pinned Node 24 and the dependencies, then runs the command with them.
// Plain JavaScript, so that any Node can read it far enough to say what is wrong.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join('node_modules', 'vitest', 'vitest.mjs');

/** Command -> what the pinned Node runs, and whether it needs the development dependencies. */
const commands = {
  start: { script: 'packages/server/src/main.ts', development: false },
  call: { script: 'packages/simulator/src/cli/call.ts', development: false },
  simulate: { script: 'packages/simulator/src/cli/simulate.ts', development: false },
  test: { script: vitest, arguments: ['run'], development: true },
  'test:peers': { script: 'scripts/peers.mjs', development: true },
  bench: { script: 'bench/run.ts', development: true },
};

const [name = 'start', ...rest] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`Unknown command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);

// Node 20 is the oldest that can install the dependencies; from there on our own Node takes over.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20)
  fail(`Dialplane needs Node 20 or newer to start; this is Node ${process.versions.node}. See https://nodejs.org.`);

try {
  installIfNeeded(root, command.development);
} catch (error) {
  fail(error.message);
}

const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
const node = existsSync(own) ? own : process.execPath;
if (node === process.execPath && major < 24) {
  fail(
    `Dialplane runs on Node 24, which it brings along for Linux on x64 and arm64 only; on ${process.platform}-${process.arch} install Node 24 yourself (this is ${process.versions.node}).`,
  );
}

const child = spawn(node, [join(root, command.script), ...(command.arguments ?? []), ...rest], {
  cwd: name === 'call' || name === 'start' ? process.cwd() : root,
  stdio: 'inherit',
  env: {
    ...process.env,
    // Compiled code is kept between starts: the second one is faster.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compile'),
    PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  },
});
// The child ends calls properly on these; we only wait for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`Could not run ${node}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

function fail(sentence) {
  console.error(sentence);
  process.exit(3);
}
