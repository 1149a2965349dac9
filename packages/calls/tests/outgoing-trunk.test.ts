import { describe, expect, test } from 'vitest';
import { type NumberPolicy, readNumberPolicy, whyNotDialled, writtenNumber } from '../src/outgoing-number.ts';
import { type OutgoingTrunk, outgoingAddresses, registrationOf } from '../src/outgoing-trunk.ts';

const plainTrunk: OutgoingTrunk = {
  id: 'trunk-out',
  orgId: 'org-1',
  name: 'Carrier',
  host: 'sip.carrier.example',
  port: 5060,
  transport: 'udp',
  username: null,
  credentials: undefined,
  tls: undefined,
  fromUser: null,
  fromDomain: null,
  outboundProxy: null,
  callerNumber: '+12025550100',
  numberPolicy: 'e164',
  country: 'US',
  allowedCountries: [],
  codecs: ['PCMU'],
  mediaEncryption: 'allow',
  maxCalls: null,
  callsPerSecond: null,
};

describe('numbers', () => {
  test.each<[NumberPolicy, string, string, string]>([
    ['e164', '+442079460000', 'US', '+442079460000'],
    ['e164_no_plus', '+442079460000', 'US', '442079460000'],
    ['national', '+12025550123', 'US', '2025550123'],
    ['national', '+442079460000', 'GB', '02079460000'],
    ['national', '+442079460000', 'US', '011442079460000'],
    ['national', '+12025550123', 'DE', '0012025550123'],
    ['prefix:9', '+12025550123', 'US', '912025550123'],
    ['extension', '100', 'US', '100'],
  ])('%s writes %s in %s as %s', (policy, number, country, written) => {
    expect(writtenNumber(number, policy, country)).toBe(written);
  });

  test.each([
    ['e164', 'e164'],
    ['prefix:00', 'prefix:00'],
    ['other', undefined],
  ])('the policy %s', (text, policy) => {
    expect(readNumberPolicy(text)).toBe(policy);
  });

  test.each<[string, NumberPolicy, string[], RegExp | undefined]>([
    ['+442079460000', 'e164', [], undefined],
    ['+442079460000', 'e164', ['GB', 'US'], undefined],
    ['+442079460000', 'e164', ['US'], /may not dial GB/],
    // Possible, but of no country: it could be the dearest of those that share +1.
    ['+15551234567', 'e164', ['US'], /cannot be told/],
    ['100', 'e164', [], /extension/],
    ['100', 'extension', ['US'], undefined],
  ])('%s under %s for %j', (number, numberPolicy, allowedCountries, why) => {
    const found = whyNotDialled(number, { numberPolicy, allowedCountries });
    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(why);
  });
});

describe('addresses of an INVITE (RFC 3261 8.1.1)', () => {
  test.each<[string, Partial<OutgoingTrunk>, Partial<ReturnType<typeof outgoingAddresses>>]>([
    [
      'a plain trunk',
      {},
      { target: 'sip:+12025550123@sip.carrier.example', from: 'sip:+12025550100@sip.carrier.example', headers: {} },
    ],
    ['a port', { port: 5080 }, { target: 'sip:+12025550123@sip.carrier.example:5080' }],
    [
      'TLS on its usual port',
      { transport: 'tls', port: 5061 },
      { target: 'sip:+12025550123@sip.carrier.example;transport=tls' },
    ],
    [
      'an IPv6 literal',
      { host: '2001:db8::1', transport: 'tcp' },
      { target: 'sip:+12025550123@[2001:db8::1];transport=tcp' },
    ],
    [
      'an account in From',
      { fromUser: 'acme corp', fromDomain: 'pbx.example' },
      {
        from: 'sip:acme%20corp@pbx.example',
        headers: { 'P-Asserted-Identity': '<sip:+12025550100@pbx.example>' },
      },
    ],
    [
      'an outbound proxy by name',
      { outboundProxy: 'proxy.example:5070' },
      { outboundProxy: 'sip:proxy.example:5070;lr' },
    ],
    [
      'an outbound proxy by URI',
      { outboundProxy: 'sip:proxy.example;transport=tcp;lr' },
      { outboundProxy: 'sip:proxy.example;transport=tcp;lr' },
    ],
    [
      'an outbound proxy of a trunk over TLS, which must not be reached in the open',
      { outboundProxy: 'proxy.example', transport: 'tls' },
      { outboundProxy: 'sip:proxy.example;transport=tls;lr' },
    ],
    [
      'numbers without a plus',
      { numberPolicy: 'e164_no_plus' },
      { target: 'sip:12025550123@sip.carrier.example', from: 'sip:12025550100@sip.carrier.example' },
    ],
  ])('%s', (_name, change, expected) => {
    expect(outgoingAddresses({ ...plainTrunk, ...change }, '+12025550123')).toMatchObject(expected);
  });
});

test('a trunk registers its account at its host, through its proxy (RFC 3261 10.2)', () => {
  const account = { ...plainTrunk, username: 'acme', transport: 'tcp', port: 5070, fromDomain: 'pbx.example' } as const;
  expect(registrationOf({ ...account, outboundProxy: 'edge.example' })).toEqual({
    owner: 'trunk-out',
    registrar: 'sip:sip.carrier.example:5070;transport=tcp',
    addressOfRecord: 'sip:acme@pbx.example',
    outboundProxy: 'sip:edge.example;transport=tcp;lr',
  });
});
