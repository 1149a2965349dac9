import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from './run-sipp.ts';

const PATIENCE_MS = 10_000;
const POLL_MS = 20;

/** A port that was free a moment ago for this transport, on IPv4 and IPv6. */
export async function freePort({ transport }: Link): Promise<number> {
  const socket = transport === 'udp' ? createSocket('udp6').bind(0, '::') : createServer().listen(0, '::');
  await once(socket, 'listening');
  const address = socket.address();
  socket.close();
  await once(socket, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Resolves once somebody listens there, as the kernel's tables say: a probe might take the port, or count as a call. */
export async function listened({ transport, host }: Link, port: number): Promise<void> {
  const table = `/proc/net/${transport}${host === '[::1]' ? '6' : ''}`;
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const deadlineMs = performance.now() + PATIENCE_MS; performance.now() < deadlineMs; await sleep(POLL_MS)) {
    const locals = readFileSync(table, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[1] ?? '');
    if (locals.some((local) => local.endsWith(suffix))) return;
  }
  throw new Error(`nobody listens on ${transport} ${host}:${port}`);
}
