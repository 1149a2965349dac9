// npm 10 does not link the Node binary of the optional packages; npm 11 does. This makes the link on both,
// so that `node` inside npm scripts is the pinned Node 24. Runs on any Node.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const relative = join('..', `node-linux-${process.arch}`, 'bin', 'node');
const bin = join(root, 'node_modules', '.bin');

if (existsSync(join(bin, relative))) {
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'node'), { force: true });
  symlinkSync(relative, join(bin, 'node'));
}
