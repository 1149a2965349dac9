import { Resolver } from 'node:dns/promises';
import { describe, expect, it } from 'vitest';
import { nodeDns } from '../../src/index.ts';
import { parseUri } from '../../src/message/uri.ts';
import { cachedDns } from '../../src/resolve/dns-cache.ts';
import { type LocateOptions, locate } from '../../src/resolve/locate.ts';
import { orderSrv } from '../../src/resolve/srv-order.ts';
import { openDnsServer } from '../support/dns-server.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** The zone of RFC 3263 4.1, and others for what it leaves out. */
const zone = [
  'NAPTR example.test 50 50 s SIPS+D2T _sips._tcp.example.test',
  'NAPTR example.test 90 50 s SIP+D2T _sip._tcp.example.test',
  'NAPTR example.test 100 50 s SIP+D2U _sip._udp.example.test',
  'NAPTR example.test 10 50 s SIP+D2W _sip._ws.example.test',
  'SRV _sips._tcp.example.test 1 0 5081 server1.example.test',
  'SRV _sip._tcp.example.test 1 0 5080 server1.example.test',
  'SRV _sip._udp.example.test 2 0 5070 server2.example.test',
  'SRV _sip._udp.example.test 1 0 5060 server1.example.test',
  'A server1.example.test 192.0.2.1',
  'AAAA server1.example.test 2001:db8::1',
  'A server2.example.test 192.0.2.2',
  'SRV _sip._udp.plain.test 1 0 5070 server2.example.test',
  'SRV _sips._tcp.plain.test 1 0 5071 server2.example.test',
  'A plain.test 192.0.2.9',
  'A host.test 192.0.2.3',
  'SRV _sip._udp.closed.test 0 0 0 .',
  'A closed.test 192.0.2.4',
];

async function placesOf(uri: string, options: Partial<LocateOptions> = {}): Promise<string[]> {
  const { resolver } = await openDnsServer(zone);
  const found = await locate(parseUri(uri), { dns: nodeDns(resolver), families: [4], random: () => 0, ...options });
  return found.map(({ transport, address, port }) => `${transport} ${address} ${port}`);
}

describe('where a request goes (RFC 3263 4)', () => {
  it.each([
    ['a literal address', 'sip:192.0.2.7', ['udp 192.0.2.7 5060']],
    ['a literal address with transport', 'sip:192.0.2.7;transport=TCP', ['tcp 192.0.2.7 5060']],
    ['a literal address over TLS', 'sip:192.0.2.7;transport=tls', ['tls 192.0.2.7 5061']],
    ['a literal address of sips', 'sips:192.0.2.7', ['tls 192.0.2.7 5061']],
    ['sips with transport=tcp, which means TLS over TCP', 'sips:192.0.2.7;transport=tcp', ['tls 192.0.2.7 5061']],
    ['a port, so no SRV', 'sip:example.test.:5070', []],
    ['a host with a port', 'sip:host.test:5099', ['udp 192.0.2.3 5099']],
    ['a host with a port, sips', 'sips:host.test:5099', ['tls 192.0.2.3 5099']],
    ['a host without SRV', 'sip:host.test', ['udp 192.0.2.3 5060']],
    ['a host without SRV over TLS', 'sip:host.test;transport=tls', ['tls 192.0.2.3 5061']],
    [
      'NAPTR by order, then SRV by priority',
      'sip:example.test',
      ['tls 192.0.2.1 5081', 'tcp 192.0.2.1 5080', 'udp 192.0.2.1 5060', 'udp 192.0.2.2 5070'],
    ],
    ['NAPTR of sips', 'sips:example.test', ['tls 192.0.2.1 5081']],
    ['a stated transport, so no NAPTR', 'sip:example.test;transport=udp', ['udp 192.0.2.1 5060', 'udp 192.0.2.2 5070']],
    ['no NAPTR, SRV of each transport', 'sip:plain.test', ['udp 192.0.2.2 5070', 'tls 192.0.2.2 5071']],
    ['no NAPTR, SRV of sips', 'sips:plain.test', ['tls 192.0.2.2 5071']],
    ['no SRV of that transport', 'sip:plain.test;transport=tcp', ['tcp 192.0.2.9 5060']],
    ['a service that is decidedly not there', 'sip:closed.test', ['udp 192.0.2.4 5060']],
    ['maddr', 'sip:example.test;maddr=192.0.2.8', ['udp 192.0.2.8 5060']],
    ['maddr with a name', 'sip:192.0.2.7:5090;maddr=host.test', ['udp 192.0.2.3 5090']],
  ])('%s', async (_, uri, places) => {
    if (places.length === 0) await expect(placesOf(uri)).rejects.toMatchObject({ code: 'no_such_host' });
    else expect(await placesOf(uri)).toEqual(places);
  });

  it('asks for the families our sockets can reach', async () => {
    const uri = 'sip:example.test;transport=tcp';
    expect(await placesOf(uri, { families: [6] })).toEqual(['tcp 2001:db8::1 5080']);
    expect(await placesOf(uri, { families: [4, 6] })).toEqual(['tcp 192.0.2.1 5080', 'tcp 2001:db8::1 5080']);
    await expect(placesOf('sip:[2001:db8::1]')).rejects.toMatchObject({ code: 'no_address_of_our_family' });
  });

  it('lets our own choice of transport win over the URI', async () => {
    expect(await placesOf('sip:host.test;transport=udp', { transport: 'tcp' })).toEqual(['tcp 192.0.2.3 5060']);
    // RFC 3261 26.2.2.
    expect(await placesOf('sips:host.test', { transport: 'tcp' })).toEqual(['tls 192.0.2.3 5061']);
  });

  it('knows the names of this machine without DNS', async () => {
    const silent = new Resolver({ timeout: 50, tries: 1 });
    silent.setServers(['127.0.0.1:9']);
    expect(await placesOf('sip:localhost:5070', { dns: nodeDns(silent) })).toEqual(['udp 127.0.0.1 5070']);
  });

  it('goes on to the address when the name server does not answer for NAPTR and SRV', async () => {
    const { resolver } = await openDnsServer(zone);
    const failing = () => Promise.reject(new Error('SERVFAIL'));
    const dns = { ...nodeDns(resolver), naptr: failing, srv: failing };
    expect(await placesOf('sip:host.test', { dns })).toEqual(['udp 192.0.2.3 5060']);
  });
});

describe('SRV records (RFC 2782)', () => {
  const record = (name: string, priority: number, weight: number) => ({ name, priority, weight, port: 5060 });

  it('come by priority, and within one by the draw', () => {
    const records = [record('c', 20, 0), record('a', 10, 70), record('b', 10, 30), record('z', 10, 0)];
    const drawn = (...numbers: number[]) => {
      let at = 0;
      return orderSrv(records, () => numbers[at++] ?? 0).map(({ name }) => name);
    };
    expect(drawn(0)).toEqual(['z', 'b', 'a', 'c']);
    expect(drawn(0.99)).toEqual(['a', 'z', 'b', 'c']);
    expect(drawn(0.2)).toEqual(['b', 'z', 'a', 'c']);
  });

  it('are drawn as often as their weight says', () => {
    let firsts = 0;
    // A full turn of evenly spread numbers instead of chance.
    for (let turn = 0; turn < 1000; turn++) {
      const [first] = orderSrv([record('a', 0, 75), record('b', 0, 25)], () => turn / 1000);
      if (first?.name === 'a') firsts++;
    }
    expect(firsts).toBeGreaterThan(720);
    expect(firsts).toBeLessThan(780);
  });
});

describe('remembered answers', () => {
  it('hold for their time to live, between 30 s and an hour', async () => {
    for (const [ttlSeconds, holdsMs] of [
      [1, 30_000],
      [120, 120_000],
      [86_400, 3_600_000],
    ] as const) {
      const clock = new FakeClock();
      const { resolver, asked, set } = await openDnsServer(['A host.test 192.0.2.3'], ttlSeconds);
      const dns = cachedDns(nodeDns(resolver), clock);
      const [first, second] = await Promise.all([dns.addresses('host.test', 4), dns.addresses('HOST.test', 4)]);
      expect(first?.records).toEqual(['192.0.2.3']);
      expect(second).toBe(first);
      set(['A host.test 192.0.2.33']);
      clock.advance(holdsMs - 1);
      expect((await dns.addresses('host.test', 4)).records).toEqual(['192.0.2.3']);
      expect(asked).toEqual(['A host.test']);
      clock.advance(1);
      expect((await dns.addresses('host.test', 4)).records).toEqual(['192.0.2.33']);
    }
  });

  it('are two thousand at most: what was used longest ago is asked for again', async () => {
    let asked = 0;
    const none = async () => {
      asked++;
      return { records: [] };
    };
    const dns = cachedDns({ naptr: none, srv: none, addresses: none }, new FakeClock());
    for (let name = 0; name <= 2_000; name++) await dns.srv(`${name}.test`);
    await dns.srv('2000.test');
    expect(asked).toBe(2_001);
    await dns.srv('0.test');
    expect(asked).toBe(2_002);
  });

  it('forget soon what is missing or failed', async () => {
    const clock = new FakeClock();
    const { resolver, set } = await openDnsServer([]);
    let failures = 0;
    const client = nodeDns(resolver);
    const dns = cachedDns(
      {
        ...client,
        naptr: () => {
          failures++;
          return Promise.reject(new Error('SERVFAIL'));
        },
      },
      clock,
    );
    expect((await dns.srv('_sip._udp.late.test')).records).toEqual([]);
    for (const expected of [1, 1, 2]) {
      await expect(dns.naptr('late.test')).rejects.toThrow('SERVFAIL');
      expect(failures).toBe(expected);
      clock.advance(5_000);
    }
    set(['SRV _sip._udp.late.test 1 2 5060 a.late.test']);
    expect((await dns.srv('_sip._udp.late.test')).records).toMatchObject([{ name: 'a.late.test', port: 5060 }]);
  });
});
