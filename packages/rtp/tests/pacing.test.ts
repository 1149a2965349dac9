import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createMediaClock, type Ticker } from '../src/index.ts';
import { openLeg, openPeer } from './leg-peer.ts';

/** Several calls on one clock for a second, as a media thread has them. */
test('packets of each call leave 20 ms apart, and the stream keeps the time of the clock', async () => {
  const clock = createMediaClock({
    onError(error) {
      throw error;
    },
  });
  const calls = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const peer = await openPeer();
      const arrivalsMs: number[] = [];
      peer.socket.on('message', () => arrivalsMs.push(performance.now()));
      const { leg } = await openLeg({ remote: peer.address, payloadType: 0 });
      const ticker: Ticker = {
        tick(_nowMs, skipped) {
          for (let i = 0; i < skipped; i += 1) leg.skip();
          leg.send(false);
        },
      };
      return { peer, arrivalsMs, seat: clock.join(ticker) };
    }),
  );
  await sleep(1000);
  for (const { seat } of calls) seat.leave();
  await sleep(50);

  const { skippedRounds } = clock.stats();
  for (const { peer, arrivalsMs } of calls) {
    // 50 packets in a second; a busy machine may leave some out, but then it says so.
    expect(arrivalsMs.length + skippedRounds).toBeGreaterThanOrEqual(48);
    expect(arrivalsMs.length).toBeLessThanOrEqual(52);
    const gapsMs = arrivalsMs.slice(1).map((at, i) => at - (arrivalsMs[i] ?? 0));
    const medianMs = gapsMs.sort((a, b) => a - b)[Math.floor(gapsMs.length / 2)] ?? 0;
    expect(medianMs).toBeGreaterThan(15);
    expect(medianMs).toBeLessThan(25);
    const [first, last] = [peer.received[0], peer.received.at(-1)];
    const ticks = ((last?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0;
    expect(ticks / 160).toBeGreaterThanOrEqual(peer.received.length - 1);
    expect(ticks / 160).toBeLessThanOrEqual(52);
  }
});
