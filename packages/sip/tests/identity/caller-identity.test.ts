import { describe, expect, it } from 'vitest';
import { callerIdentity, identityHeaders, parseMessage, type SipRequest } from '../../src/index.ts';

function invite(...headers: string[]): SipRequest {
  const from = headers.some((line) => line.startsWith('From:')) ? [] : ['From: "Alice" <sip:+12025550100@pbx>;tag=1'];
  const lines = [
    'INVITE sip:+12025550111@h SIP/2.0',
    'Via: SIP/2.0/UDP h;branch=z9hG4bK1',
    'To: <sip:+12025550111@h>',
    'Call-ID: x',
    'CSeq: 1 INVITE',
    ...from,
    ...headers,
    'Content-Length: 0',
  ];
  const message = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

describe('who calls', () => {
  it('is From when nothing else is said', () => {
    const identity = callerIdentity(invite());
    expect(identity).toMatchObject({
      caller: { user: '+12025550100', host: 'pbx', displayName: 'Alice', uri: 'sip:+12025550100@pbx' },
      source: 'from',
      isWithheld: false,
      asserted: [],
      diversions: [],
      attestation: undefined,
    });
    expect(structuredClone(identity)).toEqual(identity);
  });

  it('is the asserted identity, with its tel form beside it (RFC 3325 9.1)', () => {
    const identity = callerIdentity(
      invite(
        'P-Asserted-Identity: "A, B" <sip:+12025550122@carrier>, <tel:+12025550122>',
        'P-Preferred-Identity: sip:x@h',
      ),
    );
    expect(identity).toMatchObject({
      caller: { user: '+12025550122', displayName: 'A, B' },
      source: 'p_asserted_identity',
      asserted: [{ host: 'carrier' }, { user: '+12025550122', host: '' }],
      preferred: [{ user: 'x' }],
    });
  });

  it('is the calling Remote-Party-ID when nothing is asserted', () => {
    const called = '<sip:+12025550111@h>;party=called';
    const calling = '"Bob" <sip:+12025550133@h>;party=calling;screen=yes;privacy=full';
    expect(callerIdentity(invite(`Remote-Party-ID: ${called}`, `Remote-Party-ID: ${calling}`))).toMatchObject({
      caller: { user: '+12025550133', displayName: 'Bob' },
      source: 'remote_party_id',
      isWithheld: true,
    });
  });

  it.each([
    ['id', true],
    ['user;critical', true],
    ['header, critical', true],
    ['none', false],
    ['history', false],
    ['something-new', false],
  ])('with Privacy: %s is withheld: %s (RFC 3323 4.2)', (value, isWithheld) => {
    expect(callerIdentity(invite(`Privacy: ${value}`)).isWithheld).toBe(isWithheld);
  });

  it('with an anonymous From is withheld, unless somebody asserts more (RFC 3323 4.1.1.3)', () => {
    const from = 'From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=1';
    expect(callerIdentity(invite(from)).isWithheld).toBe(true);
    expect(callerIdentity(invite(from, 'P-Asserted-Identity: <sip:+12025550122@h>'))).toMatchObject({
      isWithheld: false,
      caller: { user: '+12025550122' },
    });
  });

  it('loses the parameters carriers put behind the number', () => {
    const asserted = 'P-Asserted-Identity: <sip:+12025550122;verstat=TN-Validation-Passed;cpc=ordinary@h;user=phone>';
    expect(callerIdentity(invite(asserted))).toMatchObject({
      caller: { user: '+12025550122' },
      attestation: { verstat: 'TN-Validation-Passed', level: undefined, passports: [], isVerified: false },
    });
  });

  it.each([
    'P-Asserted-Identity: what is this',
    'P-Asserted-Identity: "open <sip:a@h>',
    'P-Asserted-Identity: ,,',
    'Diversion: <<>>',
    'History-Info: "',
    'Identity: ...',
    'Identity: a.b.c;info=<x',
    `Identity: ${'e'.repeat(7000)}.e.e`,
    'Identity: bnVsbA.W10.x;info=<https://c>',
    'Remote-Party-ID: <sip:a@h>;party="',
    'Privacy: ;;,',
  ])('survives %s', (line) => {
    expect(callerIdentity(invite(line))).toMatchObject({ caller: { user: '+12025550100' }, source: 'from' });
  });
});

describe('who the call was for', () => {
  it('is told by Diversion, the latest first (RFC 5806)', () => {
    const { diversions } = callerIdentity(
      invite(
        'Diversion: "Desk" <sip:+12025550144@h>;reason=no-answer;counter=2;privacy=off',
        'Diversion: <tel:+12025550155>;reason="unconditional";counter=x;privacy=full, <sip:c@h>',
      ),
    );
    expect(diversions).toMatchObject([
      { from: { user: '+12025550144', displayName: 'Desk' }, reason: 'no-answer', count: 2, isPrivate: false },
      { from: { user: '+12025550155' }, reason: 'unconditional', count: 1, isPrivate: true },
      { from: { user: 'c' }, reason: undefined, count: 1, isPrivate: false },
    ]);
  });

  it('is told by History-Info when there is no Diversion (RFC 7044, RFC 7544)', () => {
    const { history, diversions } = callerIdentity(
      invite(
        'History-Info: <sip:+12025550144@h?Reason=SIP%3Bcause%3D486&Privacy=history>;index=1',
        'History-Info: <sip:+12025550155@h;cause=302>;index=1.1;mp=1, <sip:+12025550111@h;cause=408>;index=1.2;rc=1.1',
      ),
    );
    expect(history).toMatchObject([
      { target: { user: '+12025550144' }, index: '1', cause: 486, mapping: undefined, isPrivate: true },
      { target: { user: '+12025550155' }, index: '1.1', cause: 302, mapping: 'mp', isPrivate: false },
      { target: { user: '+12025550111' }, index: '1.2', cause: 408, mapping: 'rc' },
    ]);
    expect(diversions).toMatchObject([
      { from: { user: '+12025550155' }, reason: 'no-answer' },
      { from: { user: '+12025550144' }, reason: 'unconditional', isPrivate: true },
    ]);
  });
});

describe('what the carrier claims about the number', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = { alg: 'ES256', ppt: 'shaken', typ: 'passport', x5u: 'https://cert.example/a.pem' };
  const claims = {
    attest: 'A',
    dest: { tn: ['12025550111'] },
    iat: 1_700_000_000,
    orig: { tn: '12025550100' },
    origid: '123e4567-e89b-12d3-a456-426655440000',
  };

  it('is read from the PASSporT and marked as not verified (RFC 8224, 8225, 8588)', () => {
    const token = `${part(head)}.${part(claims)}.c2lnbmF0dXJl`;
    expect(
      callerIdentity(invite(`Identity: ${token};info=<https://cert.example/a.pem>;alg=ES256;ppt="shaken"`)).attestation,
    ).toEqual({
      isVerified: false,
      level: 'A',
      verstat: undefined,
      passports: [
        {
          isVerified: false,
          type: 'shaken',
          algorithm: 'ES256',
          certificateUrl: 'https://cert.example/a.pem',
          level: 'A',
          originating: '12025550100',
          destinations: ['12025550111'],
          diverted: undefined,
          originationId: claims.origid,
          issuedAtMs: 1_700_000_000_000,
        },
      ],
    });
  });

  it('keeps what the compact form still says, and a diverted call has two', () => {
    const div = `${part({ ...head, ppt: 'div' })}.${part({ div: { tn: '12025550144' }, dest: { uri: ['sip:a@h'] } })}.x`;
    const { attestation } = callerIdentity(
      invite('Identity: ..sig;info=<https://c>;alg=ES256;ppt=shaken', `y: ${div};info=<https://d>`),
    );
    expect(attestation?.passports).toMatchObject([
      { type: 'shaken', certificateUrl: 'https://c', originating: undefined, destinations: [] },
      { type: 'div', diverted: '12025550144', destinations: ['sip:a@h'] },
    ]);
  });

  it.each(['Attestation-Info: B', 'P-Attestation-Indicator: b'])('is read from %s', (line) => {
    expect(callerIdentity(invite(line)).attestation).toMatchObject({ level: 'B', isVerified: false });
  });
});

describe('headers of our own calls', () => {
  it('say who calls in the way the carrier wants', () => {
    const address = { uri: 'sip:+12025550100@h', displayName: 'Front "Desk"' };
    expect(
      identityHeaders({
        asserted: address,
        preferred: { uri: 'tel:+12025550100' },
        privacy: ['id', 'critical'],
        diversion: { uri: 'sip:+12025550144@h', reason: 'no-answer' },
      }),
    ).toEqual({
      'P-Asserted-Identity': '"Front \\"Desk\\"" <sip:+12025550100@h>',
      'P-Preferred-Identity': '<tel:+12025550100>',
      Privacy: 'id;critical',
      Diversion: '<sip:+12025550144@h>;reason=no-answer;counter=1',
    });
    expect(identityHeaders({})).toEqual({});
    expect(() => identityHeaders({ asserted: { uri: 'sip:a@h>, <sip:b@h' } })).toThrow();
  });
});
