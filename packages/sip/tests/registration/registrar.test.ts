import { describe, expect, it } from 'vitest';
import type { SipRequest } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { type Binding, writeBinding } from '../../src/registration/binding.ts';
import { type RegisterVerdict, Registrar, type RegistrarOptions } from '../../src/registration/registrar.ts';
import type { Flow } from '../../src/transport/flow.ts';

const nowMs = 1_700_000_000_000;
const udp: Flow = { transport: 'udp', remoteAddress: '192.0.2.10', remotePort: 5062 };
const tcp: Flow = { transport: 'tcp', remoteAddress: '192.0.2.10', remotePort: 40_000, connection: 7 };

let calls = 0;

/** A REGISTER of bob; each has a Call-ID of its own unless told otherwise. */
function register(...headers: string[]): SipRequest {
  const callId = headers.some((line) => line.startsWith('Call-ID')) ? [] : [`Call-ID: ${++calls}`, 'CSeq: 1 REGISTER'];
  const to = headers.some((line) => line.startsWith('To')) ? [] : ['To: <sip:bob@biloxi.com>'];
  const lines = [
    'REGISTER sip:biloxi.com SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKnashds7',
    'From: <sip:bob@biloxi.com>;tag=456248',
    ...to,
    ...callId,
    ...headers,
  ];
  const message = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

function setting(options: RegistrarOptions = {}) {
  const told: string[] = [];
  const registrar = new Registrar({
    registered: ({ contact }, kind) => told.push(`${kind} ${contact}`),
    unregistered: ({ contact }, reason) => told.push(`${reason} ${contact}`),
    ...options,
  });
  const send = (request: SipRequest, { source = udp, owner = 'o', atMs = nowMs } = {}) =>
    registrar.register({ request, source, owner, username: 'bob' }, atMs);
  const found = (owner = 'o', atMs = nowMs) => registrar.find(owner, atMs).map(({ contact }) => contact);
  return { registrar, told, send, found };
}

function listed(verdict: RegisterVerdict, atMs = nowMs): string[] {
  if (verdict.kind !== 'done') throw new Error(verdict.kind);
  return verdict.bindings.map((binding) => writeBinding(binding, atMs));
}

describe('registrar (RFC 3261 10.3)', () => {
  it('keeps a binding for as long as it was asked, with the flow it came on', () => {
    const { registrar, send, found, told } = setting();
    expect(listed(send(register('Contact: <sip:bob@192.0.2.10>;expires=600', 'User-Agent: PBX')))).toEqual([
      '<sip:bob@192.0.2.10>;expires=600',
    ]);
    expect(registrar.find('o', nowMs)).toEqual([
      expect.objectContaining({ owner: 'o', username: 'bob', addressOfRecord: 'bob', flow: udp, userAgent: 'PBX' }),
    ]);
    expect(found('other')).toEqual([]);
    expect(found('o', nowMs + 599_999)).toHaveLength(1);
    expect(found('o', nowMs + 600_000)).toEqual([]);
    registrar.sweep(nowMs + 600_000);
    expect(told).toEqual(['new sip:bob@192.0.2.10', 'expired sip:bob@192.0.2.10']);
    expect(registrar.size).toBe(0);
  });

  it.each([
    ['the Contact', ['Contact: <sip:b@h>;expires=120', 'Expires: 300'], 120],
    ['Expires', ['Contact: <sip:b@h>', 'Expires: 300'], 300],
    ['nothing', ['Contact: <sip:b@h>'], 3600],
    ['nonsense', ['Contact: <sip:b@h>;expires=soon', 'Expires: later'], 3600],
    ['too long a wish', ['Contact: <sip:b@h>;expires=99999999999'], 3600],
    ['a longer wish than allowed', ['Contact: <sip:b@h>;expires=7200'], 3600],
  ])('takes the time from %s', (_, headers, seconds) => {
    expect(listed(setting().send(register(...headers)))).toEqual([`<sip:b@h>;expires=${seconds}`]);
  });

  it('asks for more time with 423, and changes nothing', () => {
    const { send, found } = setting();
    expect(send(register('Contact: <sip:a@h>, <sip:b@h>;expires=59'))).toEqual({
      kind: 'too-brief',
      minExpiresSeconds: 60,
    });
    expect(found()).toEqual([]);
  });

  it('lists the bindings for a REGISTER without Contact, with the time that is left', () => {
    const { send } = setting();
    send(register('Contact: <sip:a@h>;expires=100;q=0.5', 'Contact: <sip:b@h>;expires=200'));
    const verdict = send(register('Expires: 5'), { atMs: nowMs + 1_500 });
    expect(listed(verdict, nowMs + 1_500)).toEqual(['<sip:a@h>;expires=99;q=0.5', '<sip:b@h>;expires=199']);
  });

  it('finds the preferred contact first, then the newest', () => {
    const { send, found } = setting();
    send(register('Contact: <sip:low@h>;q=0.1, <sip:old@h>'));
    send(register('Contact: <sip:new@h>'), { atMs: nowMs + 1 });
    expect(found('o', nowMs + 2)).toEqual(['sip:new@h', 'sip:old@h', 'sip:low@h']);
  });

  it('refreshes a binding that is written another way (RFC 3261 19.1.4)', () => {
    const { send, found, told } = setting();
    send(register('Contact: <sip:bob@HOST.example:5060;transport=tcp>'));
    send(register('Contact: <sip:bob@host.EXAMPLE:5060;transport=TCP;x=1>'));
    send(register('Contact: <sip:bob@host.EXAMPLE:5060;transport=TCP;x=1>'));
    expect(found()).toHaveLength(1);
    send(register('Contact: <sip:bob@host.example:5060>'));
    expect(found()).toHaveLength(2);
    expect(told.map((line) => line.split(' ', 1)[0])).toEqual(['new', 'replaced', 'new', 'refreshed', 'new']);
  });

  it('removes one binding, or all with *', () => {
    const { send, found, told } = setting();
    send(register('Contact: <sip:a@h>, <sip:b@h>, <sip:c@h>'));
    expect(listed(send(register('Contact: <sip:a@h>;expires=0')))).toEqual([
      '<sip:b@h>;expires=3600',
      '<sip:c@h>;expires=3600',
    ]);
    expect(listed(send(register('Contact: *', 'Expires: 0')))).toEqual([]);
    expect(found()).toEqual([]);
    expect(told.filter((line) => line.startsWith('removed'))).toHaveLength(3);
  });

  it.each([
    ['* without Expires: 0', ['Contact: *']],
    ['* with a time', ['Contact: *', 'Expires: 60']],
    ['* beside another', ['Contact: *', 'Contact: <sip:a@h>', 'Expires: 0']],
  ])('calls %s malformed', (_, headers) => {
    expect(() => setting().send(register(...headers))).toThrow(/Contact/);
  });

  it('does not follow a REGISTER that was overtaken by a later one of its Call-ID', () => {
    const { send, found } = setting();
    send(register('Call-ID: x', 'CSeq: 5 REGISTER', 'Contact: <sip:a@h>'));
    for (const late of [
      ['CSeq: 5 REGISTER', 'Contact: <sip:a@h>;expires=0'],
      ['CSeq: 4 REGISTER', 'Contact: <sip:a@h>;expires=0'],
      ['CSeq: 4 REGISTER', 'Contact: *', 'Expires: 0'],
    ]) {
      expect(send(register('Call-ID: x', ...late))).toEqual({ kind: 'out-of-order' });
    }
    expect(found()).toEqual(['sip:a@h']);
    send(register('Call-ID: after-restart', 'CSeq: 1 REGISTER', 'Contact: <sip:a@h>;expires=0'));
    expect(found()).toEqual([]);
  });

  it('keeps addresses of record of one owner apart, and finds them together', () => {
    const { send, found } = setting();
    send(register('Contact: <sip:a@h>'));
    send(register('To: <sip:alice@biloxi.com>', 'Contact: <sip:b@h>'), { atMs: nowMs + 1 });
    expect(found()).toEqual(['sip:b@h', 'sip:a@h']);
    send(register('To: <sip:alice@biloxi.com>', 'Contact: *', 'Expires: 0'));
    expect(found()).toEqual(['sip:a@h']);
  });

  it('refuses more contacts than one owner may have', () => {
    const { send, found } = setting({ maxBindings: 2 });
    send(register('Contact: <sip:a@h>, <sip:b@h>;expires=60'));
    expect(send(register('Contact: <sip:c@h>'))).toEqual({ kind: 'too-many', limit: 2 });
    expect(listed(send(register('Contact: <sip:a@h>')))).toHaveLength(2);
    send(register('Contact: <sip:c@h>'), { atMs: nowMs + 60_000 });
    expect(found('o', nowMs + 60_000)).toEqual(['sip:c@h', 'sip:a@h']);
  });

  it('forgets what was registered over a connection that is gone', () => {
    const { registrar, send, found, told } = setting();
    send(register('Contact: <sip:a@h;transport=tcp>'), { source: tcp });
    send(register('Contact: <sip:b@h>'));
    registrar.flowLost(8);
    expect(found()).toHaveLength(2);
    registrar.flowLost(7);
    expect(found()).toEqual(['sip:b@h']);
    expect(told.at(-1)).toBe('flow_lost sip:a@h;transport=tcp');
  });
});

describe('registrar with flows (RFC 5626 6)', () => {
  const instance = '+sip.instance="<urn:uuid:00000000-0000-1000-8000-AABBCCDDEEFF>"';
  const contact = (host: string, id = 1) => `Contact: <sip:bob@${host}>;${instance};reg-id=${id}`;

  it('lets the same instance and reg-id take the place of its earlier flow', () => {
    const { send, found, told } = setting();
    const verdict = send(register('Supported: path, outbound', contact('old')));
    expect(verdict).toMatchObject({ kind: 'done', usesOutbound: true });
    expect(listed(verdict)).toEqual([`<sip:bob@old>;expires=3600;${instance};reg-id=1`]);
    send(register('Supported: outbound', contact('new')));
    expect(found()).toEqual(['sip:bob@new']);
    send(register('Supported: outbound', contact('second', 2)));
    expect(found()).toHaveLength(2);
    expect(told).toContain('replaced sip:bob@old');
  });

  it('takes it for a plain binding when the sender, or its first hop, does not speak outbound', () => {
    const { send } = setting();
    expect(send(register(contact('a')))).toMatchObject({ usesOutbound: false });
    const proxied = ['Via: SIP/2.0/UDP phone;branch=z9hG4bK2', 'Supported: outbound', contact('b')];
    expect(send(register(...proxied))).toMatchObject({ usesOutbound: false });
    expect(send(register(...proxied, 'Path: <sip:edge;lr;ob>'))).toMatchObject({ usesOutbound: true });
  });

  it('keeps the Path in its order (RFC 3327)', () => {
    const { registrar, send } = setting();
    send(register('Path: <sip:p1;lr>, <sip:p2;lr>', 'Contact: <sip:a@h>'));
    expect(registrar.find('o', nowMs)[0]?.path).toEqual(['<sip:p1;lr>', '<sip:p2;lr>']);
  });
});

describe('registrar snapshot', () => {
  it('outlives its process, but for what came over a connection', () => {
    const { registrar, send } = setting();
    send(register('Contact: <sip:a@h>'));
    send(register('Contact: <sip:b@h>'), { source: tcp });
    const snapshot: Binding[] = JSON.parse(JSON.stringify(registrar.snapshot()));
    const next = setting();
    next.registrar.restore(snapshot);
    expect(next.registrar.find('o', nowMs)).toEqual(registrar.find('o', nowMs).filter(({ flow }) => flow === udp));
    expect(next.told).toEqual([]);
  });
});
