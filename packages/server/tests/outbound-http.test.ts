import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutboundHttp, isPrivateAddress } from '../src/outbound-http.ts';

let port = 0;
const server = createServer((request, reply) => {
  if (request.url === '/large') reply.end('x'.repeat(1024 * 1024 + 1));
  else if (request.url === '/slow') reply.write('the beginning');
  else if (request.url === '/elsewhere') reply.writeHead(302, { location: '/' }).end();
  else if (request.url !== '/silent')
    request
      .on('data', (body: Buffer) => reply.end(`${request.method} ${body.toString()}`))
      .on('end', () => reply.end());
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const at = (host: string, path = '/') => new URL(`http://${host}:${port}${path}`);

test('sends the body and reads the answer', async () => {
  const send = createOutboundHttp(true);
  expect(await send({ method: 'POST', url: at('127.0.0.1'), body: 'grüß' })).toEqual({
    status: 200,
    body: 'POST grüß',
  });
});

test('follows no redirect', async () => {
  const { status } = await createOutboundHttp(true)({ method: 'GET', url: at('127.0.0.1', '/elsewhere') });
  expect(status).toBe(302);
});

test.each(['/silent', '/slow'])('waits no longer than its limit for %s', async (path) => {
  const asked = createOutboundHttp(true, 50)({ method: 'GET', url: at('127.0.0.1', path) });
  await expect(asked).rejects.toMatchObject({
    code: 'timed_out',
    message: expect.stringContaining('did not answer within 0.05 seconds'),
  });
});

test('reads no answer over a megabyte', async () => {
  const asked = createOutboundHttp(true)({ method: 'GET', url: at('127.0.0.1', '/large') });
  await expect(asked).rejects.toMatchObject({ code: 'answer_too_large' });
});

test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433'])(
  'does not ask %s unless private addresses are allowed',
  async (host) => {
    await expect(createOutboundHttp(false)({ method: 'GET', url: at(host) })).rejects.toMatchObject({
      code: 'private_address',
      errorClass: 'upstream',
    });
  },
);

test('a port nobody listens on', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const address = closed.address();
  const free = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => closed.close(resolve));
  const asked = createOutboundHttp(true)({ method: 'GET', url: new URL(`http://127.0.0.1:${free}/`) });
  await expect(asked).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
});

test.each([
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  ['0.0.0.0', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['64:ff9b::a00:1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['2606:4700::1111', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});
