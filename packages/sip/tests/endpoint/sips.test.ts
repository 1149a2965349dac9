import { describe, expect, it } from 'vitest';
import type { IncomingCall, MessageTrace } from '../../src/index.ts';
import { answerFor, authentication, openEndpoint } from '../support/endpoints.ts';
import { placeCall } from '../support/place-call.ts';
import { callPeer } from '../support/scripted-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();
const tls = { authoritiesPem: certificate.certificatePem };

describe('a sips: URI (RFC 3261 26.2.2, RFC 5630)', () => {
  it('is called over TLS, and both sides stay at it: sips: in every Contact of the call', async () => {
    const seen: MessageTrace[] = [];
    const calls: IncomingCall[] = [];
    const onMessage = (message: MessageTrace) => void seen.push(message);
    const callee = await openEndpoint({
      authentication,
      tls: { port: 0, ...certificate },
      onMessage,
      onInvite: (call) => {
        calls.push(call);
        call.handle({ offered: () => answerFor(call) });
        call.answer(answerFor(call));
      },
    });
    const caller = await openEndpoint({ tls: { port: 0, ...certificate } });
    const call = placeCall(caller, `sips:1@localhost:${callee.tlsPort}`, { tls });
    await call.answered;
    expect(await calls[0]?.change(answerFor(calls[0]))).toMatchObject({ kind: 'refused', status: 488 });
    await call.call.hangup();
    expect(new Set(seen.map(({ flow }) => flow.transport))).toEqual(new Set(['tls']));
    const text = seen.map(({ bytes }) => bytes.toString('latin1')).join('\r\n');
    expect(text).toContain(`To: <sips:1@localhost:${callee.tlsPort}>`);
    const contacts = text.split('\r\n').filter((line) => line.startsWith('Contact:'));
    expect(new Set(contacts)).toEqual(
      new Set([`Contact: <sips:127.0.0.1:${caller.tlsPort}>`, `Contact: <sips:127.0.0.1:${callee.tlsPort}>`]),
    );
  });

  it('is called over TLS also through a proxy whose own URI does not ask for it', async () => {
    const caller = await openEndpoint();
    const plain = await openEndpoint();
    const outboundProxy = `sip:localhost:${plain.port};lr`;
    const call = placeCall(caller, 'sips:1@carrier.example', { tls, outboundProxy });
    expect((await call.refused).reason).toContain('over TLS');
    expect(call.attempts).toEqual([`tls 127.0.0.1 ${plain.port} trying`, `tls 127.0.0.1 ${plain.port} transport`]);
  });

  it('is called over nothing else', async () => {
    const caller = await openEndpoint();
    expect(() => placeCall(caller, 'sips:1@localhost', { transport: 'udp' })).toThrow('over TLS only, not over udp');
  });

  it('is no matter of calls that began without: TLS alone makes no sips: Contact', async () => {
    const { invite } = await callPeer();
    expect(invite.header('Contact')).toMatch(/^<sip:/);
  });
});
