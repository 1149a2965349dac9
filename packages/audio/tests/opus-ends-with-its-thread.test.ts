import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** With the native addon of the library the whole process ended here. */
test('a thread that has loaded Opus can be ended, and the process lives on', async () => {
  const thread = new Worker(new URL('./opus-thread.ts', import.meta.url));
  await once(thread, 'message');
  expect(await thread.terminate()).toBe(1);
});
