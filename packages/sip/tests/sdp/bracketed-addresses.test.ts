import { expect, it } from 'vitest';
import { parseSdp } from '../../src/index.ts';

const withAddress = (origin: string, connection: string) =>
  `v=0\r\no=- 1 1 IN ${origin}\r\ns=-\r\nc=IN ${connection}\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n`;

it('reads IPv6 addresses in the brackets sipp writes', () => {
  const { origin, connection } = parseSdp(withAddress('IP6 [::1]', 'IP6 [2001:db8::1]'));
  expect(origin.connection.address).toBe('::1');
  expect(connection?.address).toBe('2001:db8::1');
});

it('does not read brackets around anything else', () => {
  for (const address of ['IP4 [192.0.2.1]', 'IP6 [::1', 'IP6 []', 'IP6 ::1]']) {
    expect(() => parseSdp(withAddress('IP4 192.0.2.1', address))).toThrow('address is malformed');
  }
});
