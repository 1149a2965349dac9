import { describe, expect, it } from 'vitest';
import { type IncomingCall, parseNameAddr } from '../../src/index.ts';
import { answerFor, authentication, openEndpoint } from '../support/endpoints.ts';
import { openStreamNat, openUdpNat } from '../support/nat.ts';
import { placeCall } from '../support/place-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();

const families = [
  ['IPv4', '127.0.0.1', '127.0.0.1'],
  ['IPv6', '::1', '::1'],
  ['IPv4 to a dual-stack endpoint', '127.0.0.1', '::'],
  ['IPv6 to a dual-stack endpoint', '::1', '::'],
] as const;

describe.each(['udp', 'tcp', 'tls'] as const)('a call over %s, through a NAT', (transport) => {
  it.each(families)('%s, hung up by either side', async (_, host, listenOn) => {
    const incoming: IncomingCall[] = [];
    const transports = new Set<string>();
    const ended: string[] = [];
    const callee = await openEndpoint({
      host: listenOn,
      authentication,
      tls: { port: 0, ...certificate },
      onMessage: ({ flow }) => transports.add(`${flow.transport} ${flow.remoteAddress}`),
      onInvite: (call) => {
        incoming.push(call);
        call.handle({ ended: ({ by }) => void ended.push(by) });
        call.answer(answerFor(call));
      },
    });
    const caller = await openEndpoint({ host });
    const port = transport === 'tls' ? (callee.tlsPort ?? 0) : callee.port;
    const nat = await (transport === 'udp' ? openUdpNat(host, port) : openStreamNat(host, port));
    const literal = host === '::1' ? '[::1]' : host;
    const target = `sip:1@${literal}:${nat.port};transport=${transport}`;
    const tls = { authoritiesPem: certificate.certificatePem };

    const first = placeCall(caller, target, { tls });
    await first.answered;
    await first.call.hangup();
    expect(await first.ended).toMatchObject({ by: 'local', status: 200 });

    const second = placeCall(caller, target, { tls });
    await second.answered;
    await incoming[1]?.hangup();
    expect(await second.ended).toMatchObject({ by: 'remote' });

    expect([...transports]).toEqual([`${transport} ${host}`]);
    const contact = parseNameAddr(incoming[0]?.request.headers.get('Contact') ?? '').uri;
    expect(contact.host).toBe(host);
    expect(contact.parameters.get('transport')).toBe(transport === 'udp' ? undefined : transport);
    expect(ended).toEqual(['remote', 'local']);
  });
});
