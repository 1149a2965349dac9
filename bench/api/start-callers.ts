import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DemoTrunk } from '../../tests/product.ts';
import type { Callers, PacketSpacing } from './callers.ts';

/** Resolves when all of them are answered. */
export async function startCallers(demo: DemoTrunk, calls: number): Promise<Callers> {
  const script = fileURLToPath(new URL('callers.ts', import.meta.url));
  const child = fork(script, [demo.sip, demo.number, demo.username, demo.password, String(calls)]);
  await answer(child);
  return {
    spacing: () => {
      const told = answer(child);
      child.send('spacing');
      return told;
    },
    async hangUp() {
      const gone = once(child, 'exit');
      child.send('hang up');
      await gone;
    },
  };
}

async function answer(child: ChildProcess): Promise<PacketSpacing> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process of the callers ended.');
  });
  const [told] = await Promise.race([once(child, 'message'), ended]);
  return told;
}
