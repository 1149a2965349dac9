import { audioOffer, type CallEnd, type OutgoingCall } from '@dialplane/sip';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallService } from '../src/index.ts';
import { MemoryDirectory, password, pickUpTelephone, startService, type Telephone } from './scene.ts';

let directory: MemoryDirectory;
let service: CallService;
let telephone: Telephone;

beforeEach(async () => {
  directory = new MemoryDirectory();
  telephone = await pickUpTelephone(32800);
  service = await startService(directory);
});

afterEach(async () => {
  await service.close();
  await telephone.close();
});

/** A call of a telephone that sends and takes keys as INFO alone. */
async function dial(headers: Record<string, string> = {}) {
  const sdp = audioOffer({ address: '127.0.0.1', port: telephone.leg.localPort, codecs: ['PCMU'], sessionId: 1 })
    .replace('RTP/AVP 0 101', 'RTP/AVP 0')
    .split('\r\n')
    .filter((line) => !line.includes(':101 '))
    .join('\r\n');
  const digits: string[] = [];
  const answered = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<CallEnd>();
  const call: OutgoingCall = telephone.endpoint.call({
    target: `sip:+12025550100@127.0.0.1:${service.sipPort}`,
    from: 'sip:+12025550199@127.0.0.1',
    credentials: { username: 'pbx', password },
    sdp,
    headers,
    handlers: {
      answered: () => answered.resolve(),
      refused: (status) => answered.reject(new Error(`refused with ${status}`)),
      digit: (digit) => digits.push(digit),
      ended: ended.resolve,
    },
  });
  await answered.promise;
  return { call, digits, ended: ended.promise };
}

const keys = () => directory.calls[0]?.events.flatMap((event) => (event.kind === 'digit' ? [event] : []));

test('keys go both ways as INFO when no telephone-event was agreed on', async () => {
  const { call, digits } = await dial();
  expect(service.find('0')?.pressDigits('1w#')).toBe('pressed');
  await call.sendDigit('5');
  await vi.waitFor(() => expect(digits).toEqual(['1', '#']));
  await vi.waitFor(() =>
    expect(
      keys()
        ?.map(({ digit }) => digit)
        .sort(),
    ).toEqual(['#', '1', '5']),
  );
  const sent = keys()?.filter((event) => event.sentBy === 'api');
  expect(sent?.map(({ digit }) => digit)).toEqual(['1', '#']);
  await call.hangup();
});

test('a call that another one replaces goes on in it', async () => {
  const first = await dial();
  const snapshot = first.call.snapshot();
  if (!snapshot) throw new Error('the call is not answered');
  const { callId, localTag, remoteTag } = snapshot;
  const second = await dial({ Replaces: `${callId};to-tag=${remoteTag};from-tag=${localTag}`, Require: 'replaces' });
  expect(await first.ended).toMatchObject({ by: 'remote' });
  expect(service.find('0')?.say('Hello again.')).toBe('accepted');
  expect(directory.calls).toHaveLength(1);
  await second.call.hangup();
  await vi.waitFor(() =>
    expect(directory.calls[0]?.events.at(-1)).toMatchObject({ kind: 'ended', reason: 'caller_hung_up' }),
  );
});
