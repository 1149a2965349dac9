import { expect, test } from 'vitest';
import { readArguments, WrongArguments } from '../src/cli/arguments.ts';

test('without arguments: the demo call', () => {
  expect(readArguments([])).toMatchObject({
    help: false,
    lines: [],
    voice: 'rms',
    noise: undefined,
    to: undefined,
    server: undefined,
    from: '+12025550199',
    transport: 'udp',
    timeoutMs: 180_000,
  });
});

test('lines keep the order they were given in', () => {
  const { lines } = readArguments(['--digits', '1', '--say', 'Hello', '--wav', 'a.wav', '--say', 'Bye']);
  expect(lines).toEqual([{ digits: '1' }, { say: 'Hello' }, { wav: 'a.wav' }, { say: 'Bye' }]);
});

test('everything at once', () => {
  const given = readArguments(
    '--to +15551234567 --server [::1]:5070 --user a --password b --from +1 --transport tcp --voice awb --noise office --snr=-3 --output o.wav --json r.json --timeout 20'.split(
      ' ',
    ),
  );
  expect(given).toMatchObject({
    to: '+15551234567',
    server: { host: '::1', port: 5070 },
    user: 'a',
    password: 'b',
    from: '+1',
    transport: 'tcp',
    voice: 'awb',
    noise: { kind: 'office', snrDb: -3, seed: 1 },
    output: 'o.wav',
    json: 'r.json',
    timeoutMs: 20_000,
  });
});

test.each([
  ['pbx.example', { host: 'pbx.example', port: 5060 }],
  ['10.0.0.1:5080', { host: '10.0.0.1', port: 5080 }],
  ['::1', { host: '::1', port: 5060 }],
  ['[2001:db8::1]', { host: '2001:db8::1', port: 5060 }],
])('server %s', (text, server) => {
  expect(readArguments(['--server', text]).server).toEqual(server);
});

test.each([
  [['--nonsense'], /nonsense/],
  [['extra'], /extra/],
  [['--say'], /say/],
  [['--say', ' ...'], /no word to say/],
  [['--digits', '12e'], /keys/],
  [['--noise', 'rain'], /white, pink, babble, music, office/],
  [['--snr', 'loud'], /--snr must be a number/],
  [['--timeout', '0'], /--timeout must be a number/],
  [['--transport', 'tls'], /udp or tcp/],
  [['--server', 'a:b'], /SIP address/],
  [['--server', 'a:99999'], /port/],
])('%j is refused with a reason', (argv, reason) => {
  expect(() => readArguments(argv)).toThrow(WrongArguments);
  expect(() => readArguments(argv)).toThrow(reason);
});
