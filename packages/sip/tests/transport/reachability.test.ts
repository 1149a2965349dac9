import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askStunServer } from '../../src/index.ts';
import { LocalPeers } from '../../src/transport/local-peers.ts';
import { isPrivateAddress, isWithin, networkList, ownPrivateNetworks } from '../../src/transport/networks.ts';
import { describeReachability } from '../../src/transport/reachability.ts';
import { readBindingResponse } from '../../src/transport/stun.ts';
import { Transports } from '../../src/transport/transports.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { certificateFor } from '../support/tls.ts';

const loopback = { address: '127.0.0.1', cidr: '127.0.0.1/8', isLoopback: true };
const home = { address: '192.168.1.20', cidr: '192.168.1.20/24', isLoopback: false };
const open = { address: '203.0.113.5', cidr: '203.0.113.5/24', isLoopback: false };

describe('what carriers see of us', () => {
  it('is the configured address with the port of each transport', () => {
    const { transports, findings } = describeReachability({
      host: '0.0.0.0',
      port: 5060,
      tlsPort: 5061,
      advertised: { host: 'sip.example.com', port: 15_060, tlsPort: 15_061 },
      addresses: [loopback, home],
    });
    const seen = transports.map((one) => `${one.transport} ${one.port} ${one.advertisedHost}:${one.advertisedPort}`);
    expect(seen).toEqual([
      'udp 5060 sip.example.com:15060',
      'tcp 5060 sip.example.com:15060',
      'tls 5061 sip.example.com:15061',
    ]);
    expect(findings).toEqual([]);
  });

  it('is a public interface before a private one, and without TLS no TLS', () => {
    const { transports, findings } = describeReachability({
      host: '0.0.0.0',
      port: 5060,
      addresses: [loopback, home, open],
    });
    expect(transports.map(({ transport, advertisedHost, source }) => [transport, advertisedHost, source])).toEqual([
      ['udp', '203.0.113.5', 'interface'],
      ['tcp', '203.0.113.5', 'interface'],
    ]);
    expect(findings).toEqual([]);
  });

  it.each([
    ['all_interfaces_private', { host: '0.0.0.0', addresses: [loopback, home] }],
    ['all_interfaces_private', { host: '192.168.1.20', addresses: [loopback, home, open] }],
    ['loopback_only', { host: '127.0.0.1', addresses: [loopback, open] }],
    ['loopback_only', { host: '::1', addresses: [loopback, open] }],
    ['advertised_is_private', { host: '::', advertised: { host: '10.1.2.3' }, addresses: [home] }],
    ['advertised_is_unspecified', { host: '::', advertised: { host: '0.0.0.0' }, addresses: [home] }],
  ])('finds %s', (code, options) => {
    const { findings } = describeReachability({ port: 5060, ...options });
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });
});

describe('the address of Via and Contact', () => {
  const udpFrom = (remoteAddress: string) => ({ transport: 'udp', remoteAddress, remotePort: 5060 }) as const;

  it('is the advertised one, but our own towards local networks', async () => {
    const transports = await Transports.open({
      host: '127.0.0.1',
      port: 0,
      tls: { port: 0, ...certificateFor() },
      advertised: { host: 'sip.example.com', tlsPort: 443, localNetworks: ['192.168.0.0/16', 'fd00::/8'] },
      clock: new FakeClock(),
      message() {},
      connectionLost() {},
    });
    onTestFinished(() => transports.close());
    const addressFor = async (flow: Parameters<typeof transports.pathFor>[0]) =>
      (await transports.pathFor(flow)).address;
    expect(await addressFor(udpFrom('203.0.113.9'))).toBe(`sip.example.com:${transports.port}`);
    expect(await addressFor({ ...udpFrom('203.0.113.9'), transport: 'tls' })).toBe('sip.example.com:443');
    expect(await addressFor(udpFrom('192.168.7.7'))).toBe(`127.0.0.1:${transports.port}`);
    expect(await addressFor({ ...udpFrom('fd00::7'), transport: 'tls' })).toBe(`127.0.0.1:${transports.tlsPort}`);
    expect(await transports.addressFor(udpFrom('203.0.113.9'))).toBe('sip.example.com');
    expect(await transports.addressFor(udpFrom('192.168.7.7'))).toBe('127.0.0.1');
    // Packets know nothing of what is advertised.
    expect(await transports.localPlace(udpFrom('203.0.113.9'))).toEqual({
      address: '127.0.0.1',
      port: transports.port,
    });
  });

  it('gives the same answer however often it is asked for a peer', () => {
    const peers = new LocalPeers(['192.168.7.0/24', 'fd00::/8']);
    const asked = () => ['192.168.7.7', 'fd00::7', '203.0.113.9', 'no address'].map((address) => peers.has(address));
    expect([asked(), asked()]).toEqual([
      [true, true, false, false],
      [true, true, false, false],
    ]);
  });

  it('takes the private networks of our own interfaces as local, and no others', () => {
    expect(ownPrivateNetworks([loopback, home, open])).toEqual(['127.0.0.1/8', '192.168.1.20/24']);
  });
});

describe('networks', () => {
  it.each([
    ['10.0.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.1', false],
    ['100.64.0.1', true],
    ['169.254.1.1', true],
    ['fd12::1', true],
    ['fe80::1', true],
    ['2001:db8::1', false],
    ['8.8.8.8', false],
    ['sip.example.com', false],
  ])('%s is private: %s', (address, isPrivate) => {
    expect(isPrivateAddress(address)).toBe(isPrivate);
  });

  it('takes single addresses, and refuses what is no network', () => {
    const list = networkList(['192.0.2.1', '2001:db8::/32']);
    expect(['192.0.2.1', '192.0.2.2', '2001:db8::5'].map((one) => isWithin(list, one))).toEqual([true, false, true]);
    for (const wrong of ['192.0.2.1/33', '192.0.2.1/', 'home', '::1/129', '10.0.0.0/x']) {
      expect(() => networkList([wrong])).toThrow(TypeError);
    }
  });
});

describe('a STUN server', () => {
  /** RFC 8489: success, XOR-MAPPED-ADDRESS; behind an attribute that has to be skipped. */
  function bindingResponse(request: Buffer, family: 4 | 6): Buffer {
    const mask = request.subarray(4, 20);
    const address = Buffer.from(family === 4 ? 'cb007107' : '20010db8000000000000000000000007', 'hex');
    const value = Buffer.alloc(4 + address.length);
    value[1] = family === 4 ? 1 : 2;
    value.writeUInt16BE(40_000 ^ 0x2112, 2);
    for (const [index, byte] of address.entries()) value[4 + index] = byte ^ (mask[index] ?? 0);
    const software = Buffer.from('8022000361626300', 'hex');
    const attribute = Buffer.concat([Buffer.from([0, 0x20, 0, value.length]), value]);
    const header = Buffer.from(request.subarray(0, 20));
    header.writeUInt16BE(0x0101, 0);
    header.writeUInt16BE(software.length + attribute.length, 2);
    return Buffer.concat([header, software, attribute]);
  }

  it.each([
    [4, '203.0.113.7'],
    [6, '2001:db8::7'],
  ] as const)(
    'tells the public address, also when the first question is lost (IPv%s mapped)',
    async (family, address) => {
      let asked = 0;
      const server = createSocket('udp4', (request, source) => {
        asked++;
        if (asked > 1) server.send(bindingResponse(request, family), source.port, source.address);
      });
      server.bind(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      expect(await askStunServer({ host: '127.0.0.1', port: server.address().port })).toEqual({
        address,
        port: 40_000,
      });
    },
  );

  it('is not believed when it answers another question, or half', () => {
    const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), Buffer.alloc(12, 1)]);
    const response = bindingResponse(request, 4);
    expect(readBindingResponse(response, Buffer.alloc(12, 2))).toBeUndefined();
    for (let length = 0; length < response.length; length++) {
      expect(readBindingResponse(response.subarray(0, length), Buffer.alloc(12, 1))).toBeUndefined();
    }
  });

  it('that cannot be found is named in the error', async () => {
    await expect(askStunServer({ host: '256.256.256.256' })).rejects.toMatchObject({ code: 'unreachable' });
  });
});
