/** A process that takes a data directory, says so, and keeps it until it is killed. */
import { takeDataDirectory } from '../src/data-directory.ts';

takeDataDirectory(process.argv[2] ?? '');
process.stdout.write('taken\n');
setInterval(() => undefined, 60_000);
