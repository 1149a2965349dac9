import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { explainPort, PortError } from '../src/port-error.ts';

function listenError(port: number, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    createServer()
      .once('error', resolve)
      .listen(port, host, () => resolve(undefined));
  });
}

test('a port in use names the variable to set', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const error = explainPort(await listenError(port, '127.0.0.1'), 'SIP_PORT', port, '127.0.0.1');
  holder.close();
  expect(error).toBeInstanceOf(PortError);
  expect(error).toMatchObject({ code: 'port_taken', message: expect.stringContaining('set SIP_PORT to another port') });
});

test('an address this machine does not have is named', async () => {
  const error = explainPort(await listenError(0, '192.0.2.250'), 'PORT', 3000, '192.0.2.250');
  expect(error).toMatchObject({ code: 'address_unknown', message: expect.stringContaining('192.0.2.250') });
});

test('other errors stay what they are', () => {
  const error = new Error('disk full');
  expect(explainPort(error, 'PORT', 3000, '::')).toBe(error);
});
