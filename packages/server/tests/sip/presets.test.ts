import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import type { NewOutboundTrunk } from '../../src/sip/outbound-trunks.ts';
import { applyPreset } from '../../src/sip/presets/apply-preset.ts';
import { presets } from '../../src/sip/presets/presets.ts';

function draft(fields: Partial<NewOutboundTrunk>): NewOutboundTrunk {
  return {
    name: 'Carrier',
    host: 'sip.carrier.example',
    callerNumber: '+12025550100',
    credentials: { username: 'user', password: 'pass' },
    ...fields,
  };
}

test('a trunk without a preset stays as it is', () => {
  const given = draft({});
  expect(applyPreset(given)).toBe(given);
});

test('a trunk of a preset from another time stays as it is', () => {
  const given = draft({ preset: 'long gone' });
  expect(applyPreset(given)).toBe(given);
});

test('what is unset is filled from the preset', () => {
  expect(applyPreset(draft({ preset: '3cx' }))).toMatchObject({
    transport: 'udp',
    port: 5060,
    fromUser: 'user',
    register: true,
    numberPolicy: 'extension',
    transferMode: 'auto',
    mediaEncryption: 'allow',
    callsPerSecond: null,
  });
});

test('TLS takes its own port, and SRTP where the carrier refuses calls without', () => {
  expect(applyPreset(draft({ preset: 'twilio', transport: 'tls' }))).toMatchObject({
    port: 5061,
    mediaEncryption: 'require',
  });
});

test.each(presets)('explicit fields win over $name, also with null and false', ({ name }) => {
  const given = {
    transport: 'tcp',
    port: 5099,
    fromUser: null,
    fromDomain: 'other.example',
    register: false,
    numberPolicy: 'national',
    transferMode: 'bridge',
    mediaEncryption: 'off',
    callsPerSecond: null,
  } as const;
  expect(applyPreset(draft({ preset: name, ...given }))).toMatchObject(given);
});

test.each(presets)('$name registers nobody who is known by address', ({ name }) => {
  const filled = applyPreset(draft({ preset: name, credentials: { username: null, password: null } }));
  expect(filled).toMatchObject({ register: false });
  expect(filled.fromUser ?? null).toBeNull();
});

test.each(presets)('$name names its sources, and addresses that can stand in allowed_ips', (preset) => {
  expect(preset.sources.length).toBeGreaterThan(0);
  for (const { url, readOn } of preset.sources) {
    expect(URL.canParse(url)).toBe(true);
    expect(readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
  for (const range of [...preset.signallingAddresses, ...preset.media.addresses]) {
    const [address = '', length = '32'] = range.split('/');
    expect(isIP(address)).not.toBe(0);
    expect(Number(length)).toBeLessThanOrEqual(32);
  }
});
