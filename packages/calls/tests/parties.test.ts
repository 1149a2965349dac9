import { parseMessage, type SipRequest } from '@dialplane/sip';
import fc from 'fast-check';
import { type CountryCode, getCountries, getExampleNumber, type PhoneNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { type CallTrunk, routeInvite } from '../src/index.ts';

interface Invite {
  readonly uri?: string;
  readonly to?: string;
  readonly headers?: readonly string[];
}

function invite({
  uri = 'sip:+12025550100@pbx.example',
  to = '<sip:trunk@pbx.example>',
  headers = [],
}: Invite): SipRequest {
  const lines = [
    `INVITE ${uri} SIP/2.0`,
    'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1',
    'From: "Ann" <sip:+12025550199@pbx.example>;tag=1',
    `To: ${to}`,
    'Call-ID: 1',
    'CSeq: 1 INVITE',
    ...headers,
    '',
    '',
  ];
  const message = parseMessage(Buffer.from(lines.join('\r\n')));
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

const trunk = (country: string, number: string): CallTrunk => ({
  kind: 'inbound',
  id: 'trunk',
  orgId: 'org',
  username: 'pbx',
  country,
  noAgentStatus: 480,
  codecs: ['PCMU'],
  mediaEncryption: 'allow',
  noiseSuppression: 'auto',
  maxCalls: null,
  callsPerSecond: null,
  fallback: 'reject',
  defaultAgentId: null,
  trunkNumbers: new Set(),
  numbers: new Map([[number, 'agent']]),
  agents: [{ id: 'agent', name: 'Agent', type: 'inbound', enabled: true, createdAtMs: 1, hasCapacity: true }],
});
const dialledIn = (message: Invite) => routeInvite(invite(message), trunk('US', '+12025550100'), 'X-OPENCX').parties;

describe('the dialled number', () => {
  test('is the user of the Request-URI', () => {
    expect(dialledIn({ to: '<sip:+12025550111@pbx.example>' }).dialled).toEqual({
      number: '+12025550100',
      written: '+12025550100',
      place: 'request_uri',
    });
  });

  test('is in To when the Request-URI names no number of ours', () => {
    const { dialled } = dialledIn({ uri: 'sip:org_1a2b@pbx.example', to: '<sip:2025550100@pbx.example>' });
    expect(dialled).toEqual({ number: '+12025550100', written: '2025550100', place: 'to' });
  });

  test('is in To when the carrier calls the Contact of our registration, whose token may have many digits', () => {
    for (const token of ['reg-9f86d081884c7d65', 'reg-1202555010012025', 'reg-0000000000000000']) {
      const uri = `sip:${token}@192.0.2.7:5060;transport=tcp`;
      const { dialled } = dialledIn({ uri, to: '<sip:+12025550100@carrier.example>' });
      expect(dialled).toEqual({ number: '+12025550100', written: '+12025550100', place: 'to' });
    }
  });

  test('is in P-Called-Party-ID when neither does', () => {
    const headers = ['P-Called-Party-ID: "Sales" <sip:0012025550100@carrier.example>'];
    const { dialled } = dialledIn({ uri: 'sip:org_1a2b@pbx.example', headers });
    expect(dialled).toEqual({ number: '+12025550100', written: '0012025550100', place: 'p_called_party_id' });
  });

  test('stays the Request-URI when no place names a number of ours', () => {
    const { dialled } = dialledIn({ uri: 'sip:100@pbx.example', headers: ['P-Called-Party-ID: >broken<'] });
    expect(dialled).toEqual({ number: '100', written: '100', place: 'request_uri' });
  });

  test('is empty for a Request-URI without user', () => {
    expect(dialledIn({ uri: 'sip:pbx.example' }).dialled.number).toBe('');
  });
});

describe('the caller', () => {
  test('is From', () => {
    expect(dialledIn({})).toMatchObject({ caller: '+12025550199', callerIsNumber: true, callerName: 'Ann' });
  });

  test('is P-Asserted-Identity when that is there', () => {
    const headers = ['P-Asserted-Identity: <tel:+12025550142>'];
    expect(dialledIn({ headers })).toMatchObject({ caller: '+12025550142', callerName: null });
  });

  test('is withheld by Privacy', () => {
    expect(dialledIn({ headers: ['Privacy: id'] })).toMatchObject({ caller: null, callerName: null });
  });
});

/** Every way the brief's carriers and PBXs write one number into a Request-URI. */
function forms(number: PhoneNumber): string[] {
  const { countryCallingCode, nationalNumber } = number;
  const digits = `${countryCallingCode}${nationalNumber}`;
  const spaced = encodeURIComponent(number.formatInternational());
  const national = number.formatNational();
  return [
    `sip:+${digits}@pbx.example`,
    `sip:%2B${digits}@pbx.example`,
    `sip:${digits}@pbx.example`,
    `sip:00${digits}@pbx.example`,
    `sip:011${digits}@pbx.example`,
    `sip:${spaced}@pbx.example`,
    `sip:${encodeURIComponent(national)}@pbx.example`,
    `sip:${national.replace(/\D/g, '')}@pbx.example`,
    `sip:+${digits}@pbx.example;user=phone`,
    `sip:+${digits};npdi@pbx.example;user=phone`,
    `tel:+${digits}`,
    `tel:+${countryCallingCode}-${nationalNumber}`,
  ];
}

test('2,000 numbers in every written form route alike', () => {
  const countries = getCountries().filter((country) => getExampleNumber(country, examples));
  const misses: string[] = [];
  const property = fc.property(
    fc.constantFrom<CountryCode>(...countries),
    fc.integer({ min: 0, max: 999 }),
    (country, tail) => {
      const example = getExampleNumber(country, examples);
      if (!example) return;
      // Another subscriber of the same kind.
      const digits = String(tail).padStart(3, '0');
      example.nationalNumber = `${example.nationalNumber.slice(0, -3)}${digits}` as typeof example.nationalNumber;
      const number = `+${example.countryCallingCode}${example.nationalNumber}`;
      const own = trunk(country, number);
      for (const uri of forms(example)) {
        const { route } = routeInvite(invite({ uri }), own, 'X-OPENCX');
        if (route.agent?.id !== 'agent') misses.push(`${country} ${number} ${uri}`);
      }
    },
  );
  fc.assert(property, { numRuns: 2000, seed: 20260101 });
  expect(misses).toEqual([]);
});

describe('what an INVITE says beyond the numbers', () => {
  test('is who the call was for before, in our form of numbers', () => {
    const headers = [
      'Diversion: <sip:2025550144@h>;reason=no-answer',
      'Diversion: <sip:2025550155@h>;reason=user-busy;privacy=full',
    ];
    expect(dialledIn({ headers }).diversions).toEqual([
      { from: '+12025550144', reason: 'no-answer' },
      { from: null, reason: 'user-busy' },
    ]);
  });

  test('is what the carrier claims, told as a claim', () => {
    const headers = ['P-Asserted-Identity: <sip:+12025550122;verstat=TN-Validation-Passed@h>', 'Attestation-Info: A'];
    expect(dialledIn({ headers })).toMatchObject({
      caller: '+12025550122',
      attestation: { isVerified: false, level: 'A', verstat: 'TN-Validation-Passed' },
    });
  });
});
