/** Loaded into the product before its own code: on SIGUSR2 its main thread collects and writes down what its heap holds. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const { HEAP_REPORT_DIR: directory } = process.env;
if (isMainThread && directory) {
  // NODE_OPTIONS, by which this is loaded, does not take --expose-gc.
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(join(directory, String(process.pid)), String(heapUsed + external));
  });
}
