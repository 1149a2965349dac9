import type { MessageTrace } from '@dialplane/sip';
import { expect, test } from 'vitest';
import type { OpenedCall } from '../src/index.ts';
import { SipTraces, type TracedMessage } from '../src/sip-traces.ts';

const call: OpenedCall = { id: 'call', orgId: 'org', sessionId: 'session', startedAt: new Date(0), history: [] };

const message = (text: string): MessageTrace => ({
  atMs: 1,
  direction: 'in',
  flow: { transport: 'udp', remoteAddress: '192.0.2.1', remotePort: 5060 },
  bytes: Buffer.from(text.replaceAll('\n', '\r\n')),
});

function collect() {
  const written: TracedMessage[] = [];
  const lost: number[] = [];
  let fails = false;
  const traces = new SipTraces({
    write: async (_call, messages) => {
      if (fails) throw new Error('the store is down');
      written.push(...messages);
    },
    localPlace: async () => ({ address: '2001:db8::7', port: 5060 }),
    onLost: (_error, count) => lost.push(count),
  });
  return {
    traces,
    written,
    lost,
    breakStore: () => {
      fails = true;
    },
  };
}

test('credentials and keys of the sound are taken out, folded lines and compact names as well', async () => {
  const { traces, written } = collect();
  traces.follow('a@b', () => call);
  traces.take(
    message(
      'INVITE sip:x SIP/2.0\ni: a@b\nAuthorization: Digest username="u",\n response="5ec2e7"\nproxy-authorization : Digest response="5ec2e7"\nCSeq: 1 INVITE\n\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:5ec2e7\n',
    ),
  );
  await traces.close();
  expect(written[0]).toMatchObject({ remote: '192.0.2.1:5060', local: '[2001:db8::7]:5060' });
  expect(written[0]?.text).not.toContain('5ec2e7');
  expect(written[0]?.text).toContain(
    'Authorization: Digest response="(removed)"\r\nproxy-authorization : Digest response="(removed)"\r\nCSeq: 1 INVITE',
  );
  expect(written[0]?.text).toContain('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:xxxxxx\r\n');
});

test('what came before the call was let in is kept, until it is stored', async () => {
  const { traces, written } = collect();
  let stored: OpenedCall | undefined;
  traces.take(message('INVITE sip:x SIP/2.0\nCall-ID: one\n\n'));
  traces.follow('one', () => stored);
  await traces.close();
  expect(written).toEqual([]);
  stored = call;
  await traces.close();
  expect(written).toHaveLength(1);
});

test('of a flood of strangers only the last are remembered, and a flooded call keeps its beginning', async () => {
  const { traces, written } = collect();
  for (let i = 0; i < 2000; i++) traces.take(message(`OPTIONS sip:x SIP/2.0\nCall-ID: scan-${i}\n\n`));
  traces.follow('scan-0', () => call);
  traces.follow('scan-1999', () => call);
  for (let i = 0; i < 2000; i++) traces.take(message(`INFO sip:x SIP/2.0\nCall-ID: scan-0\nCSeq: ${i} INFO\n\n`));
  await traces.close();
  expect(written.filter(({ text }) => text.startsWith('OPTIONS'))).toHaveLength(1);
  expect(written.filter(({ text }) => text.startsWith('INFO'))).toHaveLength(500);
});

test('a store that is down loses messages and nothing else', async () => {
  const { traces, lost, breakStore } = collect();
  breakStore();
  traces.follow('one', () => call);
  traces.take(message('BYE sip:x SIP/2.0\nCall-ID: one\n\n'));
  await traces.close();
  expect(lost).toEqual([1]);
});
