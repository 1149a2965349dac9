import { createSipEndpoint } from '@dialplane/sip';
import { expect, onTestFinished, test } from 'vitest';
import { runCarrierCommand } from '../src/cli/carrier-command.ts';

function start(...argv: string[]) {
  const told: string[] = [];
  const interrupt = new AbortController();
  const code = runCarrierCommand(argv, {
    signal: interrupt.signal,
    print: (line) => told.push(line),
    complain: (line) => told.push(line),
  });
  return { told, code, interrupt: () => interrupt.abort() };
}

test.each([
  [[], /--preset must be one of .*twilio/],
  [['--preset', 'nobody'], /not "nobody"/],
  [['--preset', 'twilio', '--port', 'x'], /--port must be a whole number/],
  [['--preset', 'twilio', '--server-user', 'a'], /belong together/],
  [['--preset', 'twilio', '--volume', '11'], /--volume/],
])('%j is not understood', async (argv, complaint) => {
  const { told, code } = start(...argv);
  expect(await code).toBe(3);
  expect(told[0]).toMatch(complaint);
});

test('tells how to make the trunk, what it hears, and what it thinks of it', async () => {
  const { told, code, interrupt } = start('--preset', 'asterisk', '--port', '0');
  await expect.poll(() => told.length).toBeGreaterThan(3);
  const port = Number(/listens on 127\.0\.0\.1:(\d+)/.exec(told[0] ?? '')?.[1]);
  expect(told[3]).toContain(`"outbound_proxy":"127.0.0.1:${port}"`);
  const endpoint = await createSipEndpoint({ host: '127.0.0.1', port: 0, userAgent: 'test' });
  onTestFinished(() => endpoint.close());
  const refused = Promise.withResolvers<number>();
  endpoint.call({
    target: 'sip:+12025550123@asterisk.example',
    outboundProxy: `sip:127.0.0.1:${port};lr`,
    from: 'sip:101@asterisk.example',
    sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n',
    credentials: { username: '101', password: 'wrong' },
    handlers: { refused: refused.resolve },
  });
  expect(await refused.promise).toBeGreaterThanOrEqual(400);
  expect(told.at(-1)).toMatch(/^INVITE for \+12025550123 from 101: 4\d\d /);
  interrupt();
  expect(await code).toBe(0);
});

test('calls a server, and says when its port is taken', async () => {
  const endpoint = await createSipEndpoint({
    host: '127.0.0.1',
    port: 0,
    userAgent: 'test',
    sourcePolicy: { isListed: () => true, identify: () => ({ kind: 'known', owner: 'pbx', style: 'ip' }) },
    onInvite: (call) => call.refuse(486),
  });
  onTestFinished(() => endpoint.close());
  const server = `127.0.0.1:${endpoint.port}`;
  const calling = start('--preset', 'asterisk', '--port', '0', '--call', '+12025550100', '--server', server);
  await expect.poll(() => calling.told.at(-1)).toBe('Called +12025550100: 486 Busy Here');
  calling.interrupt();
  expect(await calling.code).toBe(0);
  const taken = start('--preset', 'asterisk', '--port', String(endpoint.port));
  expect(await taken.code).toBe(1);
  expect(taken.told[0]).toMatch(/Choose another --port/);
});
