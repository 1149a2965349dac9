import { describe, expect, it } from 'vitest';
import { contactOf, Dialog } from '../../src/dialog/dialog.ts';
import type { SipRequest, SipResponse } from '../../src/message/message.ts';
import { parseMessage } from '../../src/message/parser.ts';
import { serialiseRequest } from '../../src/message/serialiser.ts';

const flow = { transport: 'udp', remoteAddress: '198.51.100.7', remotePort: 33_000 } as const;

const recordRoutes =
  'Record-Route: <sip:near.example;lr>, <sip:middle.example;lr>\r\nRecord-Route: <sip:far.example;lr>\r\n';

function inviteOf(routes: string, sequence = 7, method = 'INVITE'): SipRequest {
  const message = parseMessage(
    Buffer.from(
      `${method} sip:us@example.com SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n${routes}From: "Caller, A" <sip:caller@example.net>;tag=theirs\r\nTo: <sip:us@example.com>\r\nCall-ID: dialog-1\r\nCSeq: ${sequence} ${method}\r\nContact: <sip:caller@10.0.0.1:5062>\r\n\r\n`,
    ),
  );
  if (message.kind !== 'request') throw new Error('not a request');
  return message;
}

function successOf(routes: string): SipResponse {
  const message = parseMessage(
    Buffer.from(
      `SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n${routes}From: <sip:us@example.com>;tag=ours\r\nTo: <sip:callee@example.net>;tag=theirs\r\nCall-ID: dialog-2\r\nCSeq: 3 INVITE\r\nContact: <sip:callee@10.0.0.9>\r\n\r\n`,
    ),
  );
  if (message.kind !== 'response') throw new Error('not a response');
  return message;
}

describe('dialog', () => {
  it('keeps the route set in order as the called side', () => {
    const bye = Dialog.asUas(inviteOf(recordRoutes), 'ours', flow).createRequest('BYE');
    expect(bye.uri).toBe('sip:caller@10.0.0.1:5062');
    expect(bye.headers.getAll('Route')).toEqual([
      '<sip:near.example;lr>',
      '<sip:middle.example;lr>',
      '<sip:far.example;lr>',
    ]);
    expect(bye.headers.get('From')).toBe('<sip:us@example.com>;tag=ours');
    expect(bye.headers.get('To')).toBe('<sip:caller@example.net>;tag=theirs');
    expect(bye.headers.get('CSeq')).toBe('1 BYE');
  });

  it('reverses the route set as the calling side', () => {
    const dialog = Dialog.asUac(successOf(recordRoutes), 'sip:callee@example.net', flow);
    const ack = dialog.createAck(3);
    expect(ack.uri).toBe('sip:callee@10.0.0.9');
    expect(ack.headers.getAll('Route')).toEqual([
      '<sip:far.example;lr>',
      '<sip:middle.example;lr>',
      '<sip:near.example;lr>',
    ]);
    expect(ack.headers.get('CSeq')).toBe('3 ACK');
    expect(dialog.createRequest('BYE').headers.get('CSeq')).toBe('4 BYE');
  });

  it('puts a strict router into the Request-URI', () => {
    const routes = 'Record-Route: <sip:strict.example>, <sip:second.example;lr>\r\n';
    const bye = Dialog.asUas(inviteOf(routes), 'ours', flow).createRequest('BYE');
    expect(bye.uri).toBe('sip:strict.example');
    expect(bye.headers.getAll('Route')).toEqual(['<sip:second.example;lr>', '<sip:caller@10.0.0.1:5062>']);
  });

  it('refuses sequence numbers that go back, and follows the flow of those that do not', () => {
    const dialog = Dialog.asUas(inviteOf(''), 'ours', flow);
    const moved = { ...flow, remotePort: 33_001 };
    expect(dialog.acceptRequest(inviteOf('', 6, 'INFO'), moved)).toBe('out-of-order');
    expect(dialog.flow).toEqual(flow);
    expect(dialog.acceptRequest(inviteOf('', 8, 'INFO'), moved)).toBe('in-order');
    expect(dialog.flow).toEqual(moved);
  });

  it('takes over a new target', () => {
    const dialog = Dialog.asUac(successOf(''), 'sip:callee@example.net', flow);
    dialog.refreshTarget(contactOf(inviteOf('')));
    expect(dialog.createRequest('BYE').uri).toBe('sip:caller@10.0.0.1:5062');
  });

  it('goes on from its snapshot as if nothing had happened', () => {
    const dialog = Dialog.asUas(inviteOf(recordRoutes), 'ours', flow);
    dialog.createRequest('OPTIONS');
    dialog.acceptRequest(inviteOf('', 9, 'INFO'), { ...flow, remotePort: 4 });
    const restored = Dialog.restore(JSON.parse(JSON.stringify(dialog.snapshot())));
    expect(restored.snapshot()).toEqual(dialog.snapshot());
    expect(restored.key).toBe(dialog.key);
    expect(restored.acceptRequest(inviteOf('', 8, 'INFO'), flow)).toBe('out-of-order');
    expect(serialiseRequest(restored.createRequest('BYE')).toString()).toBe(
      serialiseRequest(dialog.createRequest('BYE')).toString(),
    );
  });
});
