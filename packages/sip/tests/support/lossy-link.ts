import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { randomNumbers } from './random-numbers.ts';

/** What a link does to each datagram, in both directions. */
export interface LinkFaults {
  /** Out of 100. */
  readonly lossPercent?: number;
  /** Out of 100 that arrive twice. */
  readonly duplicatePercent?: number;
  /** Out of 100 that are held back for up to 30 ms, so that later ones overtake them. */
  readonly reorderPercent?: number;
  readonly seed?: number;
}

/** Longest time a datagram is held back: several of one call's messages pass it. */
const HELD_BACK_MS = 30;

/** Seven INVITEs in a row may be lost once in a hundred runs; a test must not fail for that. */
const MOST_LOST_IN_A_ROW = 2;

/**
 * A relay between one caller and one endpoint. Without faults it loses every second datagram of each direction, the first
 * one too; with them chance decides, the same in every run.
 */
export async function openLossyLink(
  targetPort: number,
  faults?: LinkFaults,
): Promise<{ readonly port: number; readonly lost: () => number }> {
  const [outer, inner] = [createSocket('udp4'), createSocket('udp4')];
  const random = randomNumbers(faults?.seed ?? 1);
  const held = new Set<NodeJS.Timeout>();
  let callerPort = 0;
  let counted = [0, 0];
  const inARow: [number, number] = [0, 0];
  let lost = 0;
  const loses = (direction: 0 | 1) => {
    const count = counted[direction] ?? 0;
    counted = counted.map((value, index) => (index === direction ? value + 1 : value));
    const isLost = faults
      ? random(100) < (faults.lossPercent ?? 0) && inARow[direction] < MOST_LOST_IN_A_ROW
      : count % 2 === 0;
    inARow[direction] = isLost ? inARow[direction] + 1 : 0;
    if (isLost) lost++;
    return isLost;
  };
  const pass = (direction: 0 | 1, send: () => void) => {
    if (loses(direction)) return;
    const copies = random(100) < (faults?.duplicatePercent ?? 0) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (random(100) >= (faults?.reorderPercent ?? 0)) {
        send();
        continue;
      }
      const timer = setTimeout(() => {
        held.delete(timer);
        send();
      }, random(HELD_BACK_MS));
      held.add(timer);
    }
  };
  outer.on('message', (bytes, source) => {
    callerPort = source.port;
    pass(0, () => inner.send(bytes, targetPort, '127.0.0.1'));
  });
  inner.on('message', (bytes) => {
    pass(1, () => outer.send(bytes, callerPort, '127.0.0.1'));
  });
  for (const socket of [outer, inner]) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
  }
  // Registered last, so it runs before the sockets are closed.
  onTestFinished(() => {
    for (const timer of held) clearTimeout(timer);
  });
  return { port: outer.address().port, lost: () => lost };
}
