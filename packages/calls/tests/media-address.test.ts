import type { Flow } from '@dialplane/sip';
import { expect, test } from 'vitest';
import { createMediaAddresses } from '../src/media-address.ts';

const from = (remoteAddress: string): Flow => ({ transport: 'udp', remoteAddress, remotePort: 5060 });

/** Says of every peer what the endpoint would advertise to it. */
function advertising(host: string) {
  const asked: Flow[] = [];
  const addresses = createMediaAddresses({
    addressFor: async (peer) => {
      asked.push(peer);
      return host;
    },
  });
  return { addresses, asked };
}

test('sound goes where signalling goes', async () => {
  expect(await advertising('203.0.113.9').addresses.facing(from('198.51.100.7'))).toBe('203.0.113.9');
  expect(await advertising('2001:db8::1').addresses.facing(from('2001:db8::7'))).toBe('2001:db8::1');
});

test('a public name is looked up, since gateways look none up, in the family of whoever calls', async () => {
  expect(await advertising('localhost').addresses.facing(from('127.0.0.1'))).toBe('127.0.0.1');
});

test('a name that DNS does not know stays as it is', async () => {
  expect(await advertising('sip.invalid').addresses.facing(from('127.0.0.1'))).toBe('sip.invalid');
});

test('a carrier is faced where its name leads, and one that DNS tells nothing of as the Internet is', async () => {
  const { addresses, asked } = advertising('203.0.113.9');
  await addresses.towards('127.0.0.1');
  await addresses.towards('carrier.invalid');
  expect(asked.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1', '192.0.2.1']);
});
