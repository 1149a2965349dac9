import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CallEnd } from '../../src/index.ts';
import { answerFor, openEndpoint } from '../support/endpoints.ts';
import { freePort } from '../support/free-port.ts';
import { placeCall } from '../support/place-call.ts';

/** Enough for a connection that is used again. */
const CALLS = 5;

/** Ends with 0 when every call of the scenario went as written. */
function startSipp(...options: string[]): Promise<number | null> {
  const child = spawn('sipp', [...options, '-nostdin', '-m', String(CALLS), '-timeout', '20s'], {
    cwd: tmpdir(),
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return once(child, 'exit').then(([code]) => code);
}

async function isListening(host: string, port: number): Promise<boolean> {
  const socket = createConnection({ host, port });
  const isOpen = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isOpen;
}

describe.each([
  ['udp', 'u1'],
  ['tcp', 't1'],
] as const)('sipp over %s', (transport, sippTransport) => {
  it.each([
    ['IPv4', '127.0.0.1', '127.0.0.1'],
    ['IPv6', '::1', '::'],
  ])('calls us over %s, and is called', async (_, host, listenOn) => {
    const ended: CallEnd[] = [];
    const endpoint = await openEndpoint({
      host: listenOn,
      sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'o', style: 'ip' }) },
      onInvite: (call) => {
        call.handle({ ended: (end) => void ended.push(end) });
        call.answer(answerFor(call));
      },
    });
    const literal = host.includes(':') ? `[${host}]` : host;
    const common = ['-t', sippTransport, '-i', literal];
    expect(await startSipp('-sn', 'uac', ...common, `${literal}:${endpoint.port}`)).toBe(0);
    expect(ended).toHaveLength(CALLS);
    expect(ended.every(({ by }) => by === 'remote')).toBe(true);

    const port = await freePort();
    const answering = startSipp('-sn', 'uas', ...common, '-p', String(port));
    if (transport === 'tcp') await expect.poll(() => isListening(host, port), { timeout: 5_000 }).toBe(true);
    for (let call = 0; call < CALLS; call++) {
      const placed = placeCall(endpoint, `sip:service@${literal}:${port};transport=${transport}`);
      await placed.answered;
      await placed.call.hangup();
      expect(await placed.ended).toMatchObject({ by: 'local', status: 200 });
    }
    expect(await answering).toBe(0);
  });
});
