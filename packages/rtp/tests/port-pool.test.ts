import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createPortPool, type PooledSocket, PortRangeExhausted, RtpError } from '../src/index.ts';

const host = '127.0.0.1';

/** A small range of free ports, below those the system gives to others. */
async function freeRange(ports: number): Promise<{ min: number; max: number }> {
  for (;;) {
    const min = 10_000 + Math.floor(Math.random() * 4000) * 2;
    const probes = Array.from({ length: ports }, () => createSocket('udp4'));
    const bound = await Promise.all(probes.map((probe, i) => binds(probe, min + i * 2)));
    await Promise.all(probes.map((probe) => new Promise<void>((resolve) => probe.close(resolve))));
    if (bound.every(Boolean)) return { min, max: min + ports * 2 - 1 };
  }
}

function binds(socket: Socket, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, host, () => resolve(true));
  });
}

async function releaseAll(sockets: readonly PooledSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket.release()));
}

test('hands out each even port once, then says that the range is exhausted', async () => {
  const range = await freeRange(3);
  const pool = createPortPool({ ...range, host });
  const sockets = [await pool.open(), await pool.open(), await pool.open()];
  expect(sockets.map(({ port }) => port).sort()).toEqual([range.min, range.min + 2, range.min + 4]);
  expect(sockets.every(({ socket, port }) => socket.address().port === port)).toBe(true);
  expect(pool.inUse).toBe(3);
  await expect(pool.open()).rejects.toThrow(PortRangeExhausted);
  await expect(pool.open()).rejects.toMatchObject({ code: 'rtp_range_exhausted', errorClass: 'ours' });
  await releaseAll(sockets);
  expect(pool.inUse).toBe(0);
});

test('a released port rests for five seconds', async () => {
  let nowMs = 0;
  const pool = createPortPool({ ...(await freeRange(1)), host, now: () => nowMs });
  const first = await pool.open();
  nowMs = 1000;
  await first.release();
  nowMs = 5999;
  await expect(pool.open()).rejects.toThrow(PortRangeExhausted);
  nowMs = 6000;
  const second = await pool.open();
  expect(second.port).toBe(first.port);
  await second.release();
});

test('the port unused for longest comes first', async () => {
  let nowMs = 0;
  const pool = createPortPool({ ...(await freeRange(2)), host, now: () => nowMs });
  const [a, b] = [await pool.open(), await pool.open()];
  await b.release();
  await a.release();
  nowMs = 10_000;
  const [c, d] = [await pool.open(), await pool.open()];
  expect([c.port, d.port]).toEqual([b.port, a.port]);
  await releaseAll([c, d]);
});

test('releasing twice gives the port back once', async () => {
  let nowMs = 0;
  const pool = createPortPool({ ...(await freeRange(1)), host, now: () => nowMs });
  const socket = await pool.open();
  await Promise.all([socket.release(), socket.release()]);
  expect(pool.inUse).toBe(0);
  nowMs = 10_000;
  const again = await pool.open();
  await expect(pool.open()).rejects.toThrow(PortRangeExhausted);
  await again.release();
});

test('a port that another program holds is passed over', async () => {
  const range = await freeRange(2);
  const other = createSocket('udp4');
  other.bind(range.min, host);
  await once(other, 'listening');
  const pool = createPortPool({ ...range, host });
  const socket = await pool.open();
  expect(socket.port).toBe(range.min + 2);
  await expect(pool.open()).rejects.toThrow(PortRangeExhausted);
  await socket.release();
  other.close();
});

test('an address that is not ours is an error of its own, and costs no port', async () => {
  const pool = createPortPool({ ...(await freeRange(1)), host: '192.0.2.1' });
  const error = await pool.open().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RtpError);
  expect(error).toMatchObject({ code: 'rtp_port_unusable', errorClass: 'ours' });
  expect(pool.inUse).toBe(0);
});

test('an empty range is exhausted from the start', async () => {
  await expect(createPortPool({ min: 20_000, max: 19_999, host }).open()).rejects.toThrow(PortRangeExhausted);
});
