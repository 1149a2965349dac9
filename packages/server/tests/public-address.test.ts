import { expect, test } from 'vitest';
import { regionOf } from '../src/public-address.ts';

const config = { sipRegions: { us: 'sip-us.example.com', eu: 'sip-eu.example.com' } };

test.each([
  ['sip-eu.example.com', 'eu'],
  ['SIP-US.example.com', 'us'],
  ['sip.example.com', 'global'],
  ['192.0.2.1', 'global'],
])('a call to %s came through the region %s', (host, region) => {
  expect(regionOf(config, host)).toBe(region);
});
