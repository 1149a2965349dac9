import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/config.ts';
import { envExample } from '../../src/config/env-example.ts';
import { variables } from '../../src/config/variables.ts';

const directory = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('everything has a default', () => {
  expect(loadConfig({})).toEqual({
    port: 3000,
    host: '0.0.0.0',
    sipPort: 5060,
    sipTlsPort: 5061,
    sipTls: undefined,
    sipLocalNetworks: undefined,
    stunServer: undefined,
    rtpPortMin: 20_000,
    rtpPortMax: 29_999,
    publicAddress: undefined,
    sipHost: undefined,
    sipRegions: {},
    dataDir: resolve('./data'),
    databaseUrl: undefined,
    encryptionKey: undefined,
    initApiKey: undefined,
    initDemo: true,
    numberVerification: 'attest',
    twilio: undefined,
    telnyx: undefined,
    allowPrivateHttp: false,
    providerNetworks: {},
    guardPrivate: false,
    homer: undefined,
    recording: { format: 'wav', encrypt: false, bucket: undefined },
    rateLimitPerMinute: 100,
    logLevel: 'info',
    offlineStt: true,
  });
});

test('reads what is set; an empty text counts as not set', () => {
  const config = loadConfig({
    PORT: '0',
    HOST: '::1',
    SIP_PORT: '5080',
    SIP_TLS_CERT_FILE: '/etc/tls/cert.pem',
    SIP_TLS_KEY_FILE: '/etc/tls/key.pem',
    SIP_LOCAL_NETWORKS: '127.0.0.0/8, fd00::/8',
    STUN_SERVER: 'stun.example.com:3479',
    RTP_PORT_MIN: '40000',
    RTP_PORT_MAX: '40099',
    PUBLIC_ADDRESS: 'sip.example.com',
    SIP_HOST: 'calls.example.com',
    SIP_REGIONS: 'us=sip-us.example.com, eu=192.0.2.7',
    DATA_DIR: '/srv/dialplane',
    DATABASE_URL: 'postgresql://u:p@db/calls',
    ENCRYPTION_KEY: 'AB'.repeat(32),
    INIT_API_KEY: 'ocx_live_test',
    INIT_DEMO: '0',
    NUMBER_VERIFICATION: 'required',
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'twilio-token',
    TELNYX_API_KEY: 'KEY-of-telnyx',
    TELNYX_API_URL: 'http://127.0.0.1:9000/',
    ALLOW_PRIVATE_HTTP: '1',
    RECORDING_FORMAT: 'opus',
    RECORDING_ENCRYPTION: '1',
    RECORDING_S3_BUCKET: 'our-calls',
    RECORDING_S3_REGION: 'eu-central-1',
    RECORDING_S3_ENDPOINT: 'http://127.0.0.1:9001/',
    RATE_LIMIT_PER_MINUTE: '60',
    LOG_LEVEL: '',
    OFFLINE_STT: 'off',
  });
  expect(config).toEqual({
    port: 0,
    host: '::1',
    sipPort: 5080,
    sipTlsPort: 5081,
    sipTls: { certFile: '/etc/tls/cert.pem', keyFile: '/etc/tls/key.pem' },
    sipLocalNetworks: ['127.0.0.0/8', 'fd00::/8'],
    stunServer: { host: 'stun.example.com', port: 3479 },
    rtpPortMin: 40_000,
    rtpPortMax: 40_099,
    publicAddress: 'sip.example.com',
    sipHost: 'calls.example.com',
    sipRegions: { us: 'sip-us.example.com', eu: '192.0.2.7' },
    dataDir: '/srv/dialplane',
    databaseUrl: 'postgresql://u:p@db/calls',
    encryptionKey: 'ab'.repeat(32),
    initApiKey: 'ocx_live_test',
    initDemo: false,
    numberVerification: 'required',
    twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'twilio-token', url: 'https://api.twilio.com' },
    telnyx: { apiKey: 'KEY-of-telnyx', url: 'http://127.0.0.1:9000' },
    allowPrivateHttp: true,
    providerNetworks: {},
    guardPrivate: false,
    homer: undefined,
    recording: {
      format: 'opus',
      encrypt: true,
      bucket: { bucket: 'our-calls', region: 'eu-central-1', endpoint: 'http://127.0.0.1:9001' },
    },
    rateLimitPerMinute: 60,
    logLevel: 'info',
    offlineStt: false,
  });
});

test.each([
  [{ SIP_PORT: '0' }, 0],
  [{ SIP_TLS_PORT: '443' }, 443],
  [{ SIP_TLS_PORT: 'off' }, null],
])('with %j SIP over TLS has port %s', (environment, port) => {
  expect(loadConfig(environment).sipTlsPort).toBe(port);
});

test('the STUN server has its usual port, and a certificate needs its key', () => {
  expect(loadConfig({ STUN_SERVER: 'stun.example.com' }).stunServer).toEqual({ host: 'stun.example.com', port: 3478 });
  expect(faultOf({ STUN_SERVER: 'stun:x' }).faults).toHaveLength(1);
  expect(faultOf({ SIP_TLS_CERT_FILE: 'a' }).message).toContain('is set without SIP_TLS_KEY_FILE');
});

test('lists all faults at once, each with what it must be and the way out', () => {
  const error = faultOf({ PORT: '65536', HOST: 'http://here', LOG_LEVEL: 'loud', INIT_DEMO: 'yes', OFFLINE_STT: '1' });
  expect(error.faults.map((fault) => fault.name)).toEqual(['PORT', 'HOST', 'INIT_DEMO', 'LOG_LEVEL', 'OFFLINE_STT']);
  expect(error.message).toContain('5 faults');
  expect(error.message).toContain(
    'PORT is "65536" and must be a port from 0 to 65535. Correct it, or leave it out for 3000.',
  );
});

test.each(['', ' 3000', '1e3', '-1', '0x10', '3000.5'])('%j is no port', (PORT) => {
  if (PORT === '') expect(loadConfig({ PORT }).port).toBe(3000);
  else expect(faultOf({ PORT }).faults).toHaveLength(1);
});

test.each([
  ['29999', '20000'],
  ['20001', '20002'],
  ['0', '1'],
])('RTP ports from %s to %s hold no even port and its neighbour', (RTP_PORT_MIN, RTP_PORT_MAX) => {
  expect(faultOf({ RTP_PORT_MIN, RTP_PORT_MAX }).message).toContain('Set a range such as 20000 to 29999');
});

test.each([
  [{ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` }, 'TWILIO_AUTH_TOKEN'],
  [{ TWILIO_AUTH_TOKEN: 'twilio-token' }, 'TWILIO_ACCOUNT_SID'],
])('half of a Twilio account is a fault', (environment, missing) => {
  expect(faultOf(environment).faults.map((fault) => fault.name)).toEqual([missing]);
});

test('a secret can be a file', () => {
  const file = join(directory, 'key');
  writeFileSync(file, `${'cd'.repeat(32)}\n`);
  expect(loadConfig({ ENCRYPTION_KEY_FILE: file }).encryptionKey).toBe('cd'.repeat(32));
});

test('a secret is never told, wherever it stands', () => {
  const file = join(directory, 'wrong');
  writeFileSync(file, 'hunter2-in-a-file');
  const error = faultOf({ ENCRYPTION_KEY: 'hunter2', INIT_API_KEY: 'hunter2 spaced', DATABASE_URL_FILE: file });
  expect(error.faults).toHaveLength(3);
  expect(error.message).not.toContain('hunter2');
  expect(error.message).toContain(`The content of ${file} (DATABASE_URL_FILE) must be a URL`);
});

test('a file that cannot be read, and both ways at once, are faults', () => {
  const error = faultOf({
    INIT_API_KEY_FILE: '/nonexistent/key',
    DATABASE_URL: 'postgres://h/d',
    DATABASE_URL_FILE: '/x',
  });
  expect(error.faults.map((fault) => fault.message)).toEqual([
    'DATABASE_URL and DATABASE_URL_FILE are both set. Keep one of them.',
    "INIT_API_KEY_FILE names /nonexistent/key, which cannot be read (ENOENT). Correct the path or the file's permissions.",
  ]);
});

test('.env.example lists the whole table; else run tools/write-env-example.ts', () => {
  const file = readFileSync(fileURLToPath(new URL('../../../../.env.example', import.meta.url)), 'utf8');
  expect(file).toBe(envExample());
  for (const name of Object.keys(variables)) expect(file).toContain(`\n#${name}=`);
});

function faultOf(environment: Readonly<Record<string, string>>): ConfigError {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

test.each(['us', 'mars=sip.example.com', 'us=sip.example.com,', 'us=sip:example', 'us=a.example=b.example'])(
  'SIP_REGIONS %s is no list of regions',
  (text) => {
    expect(() => loadConfig({ SIP_REGIONS: text })).toThrow('of the regions us, eu and apac');
  },
);
