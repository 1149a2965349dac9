import { describe, expect, it } from 'vitest';
import type { CallEnd, IncomingCall } from '../../src/index.ts';
import { startBaresip } from '../support/baresip.ts';
import { answerFor, authentication, openEndpoint } from '../support/endpoints.ts';
import { placeCall } from '../support/place-call.ts';
import { certificateFor } from '../support/tls.ts';

const certificate = certificateFor();

describe.each(['udp', 'tcp', 'tls'] as const)('baresip over %s', (transport) => {
  it('registers, is called along its flow, and calls', async () => {
    const calls: IncomingCall[] = [];
    const ended: CallEnd[] = [];
    const told: string[] = [];
    const endpoint = await openEndpoint({
      authentication,
      tls: { port: 0, ...certificate },
      registrar: {
        registered: (_, kind) => told.push(kind),
        unregistered: (_, reason) => told.push(reason),
      },
      onInvite: (call) => {
        calls.push(call);
        call.handle({ ended: (end) => ended.push(end) });
        call.answer(answerFor(call));
      },
    });
    const port = transport === 'tls' ? endpoint.tlsPort : endpoint.port;
    const place = `127.0.0.1:${port};transport=${transport}`;
    const baresip = await startBaresip({
      account: `<sip:trunk@${place}>;auth_pass=secret;regint=60;answermode=auto`,
      authoritiesPem: certificate.certificatePem,
    });
    await expect.poll(() => told, { timeout: 15_000 }).toEqual(['new']);
    const [binding] = endpoint.registeredUsers?.find('organisation-1') ?? [];
    if (!binding) throw new Error('baresip is not registered');
    expect(binding).toMatchObject({
      username: 'trunk',
      flow: { transport },
      userAgent: expect.stringContaining('baresip'),
    });

    const ours = placeCall(endpoint, binding.contact, { along: binding.flow });
    await ours.answered;
    await baresip.event('CALL_ESTABLISHED');
    await ours.call.hangup();
    expect(await ours.ended).toMatchObject({ by: 'local', status: 200 });
    await baresip.event('CALL_CLOSED');

    baresip.command('dial', `sip:+12025550100@${place}`);
    await baresip.event('CALL_ESTABLISHED');
    expect(calls.map(({ owner, style }) => [owner, style])).toEqual([['organisation-1', 'digest']]);
    baresip.command('hangup');
    await expect.poll(() => ended, { timeout: 5_000 }).toEqual([expect.objectContaining({ by: 'remote' })]);

    baresip.command('quit');
    await expect.poll(() => told.at(-1), { timeout: 5_000 }).toBe('removed');
  });
});
