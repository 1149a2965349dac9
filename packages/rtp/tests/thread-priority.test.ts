import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

/** Asks for a priority in a thread of its own; what it got, and what the system says it and the process have. */
async function inThread(kind: 'media' | 'background') {
  const source = `
    import { readlinkSync } from 'node:fs';
    import { getPriority } from 'node:os';
    import { parentPort } from 'node:worker_threads';
    import { setThreadPriority } from ${JSON.stringify(new URL('../src/thread-priority.ts', import.meta.url).href)};
    const got = setThreadPriority(${JSON.stringify(kind)});
    const threadId = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    parentPort.postMessage({ got, has: getPriority(threadId) });
  `;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  return new Promise<{ got: number | undefined; has: number }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

it('a background thread steps back alone, not its process', async () => {
  const before = getPriority();
  const { got, has } = await inThread('background');
  expect([got, has]).toEqual([5, 5]);
  expect(getPriority()).toBe(before);
});

it('a media thread goes first where that is granted, and goes on where it is not', async () => {
  const { got, has } = await inThread('media');
  expect([-10, undefined]).toContain(got);
  if (got !== undefined) expect(has).toBe(-10);
});
