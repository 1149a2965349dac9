import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { onTestFinished } from 'vitest';

/** Record types of RFC 1035, 2782, 3403 and 3596. */
const types = { A: 1, AAAA: 28, SRV: 33, NAPTR: 35 } as const;
type RecordType = keyof typeof types;

/**
 * `A sip.example 192.0.2.1`, `SRV _sip._udp.example 10 60 5060 a.example`,
 * `NAPTR example 10 20 s SIP+D2T _sip._tcp.example`: type, owner, then the fields as in a zone file.
 */
export interface DnsServer {
  readonly resolver: Resolver;
  /** Questions so far, `TYPE name`. */
  readonly asked: readonly string[];
  /** Adds or replaces the whole zone. */
  set(zone: readonly string[]): void;
}

/** A real name server on a socket of its own, with a resolver that asks it and nobody else. */
export async function openDnsServer(zone: readonly string[], ttlSeconds = 60): Promise<DnsServer> {
  let records = zone.map((line) => line.split(' '));
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, source) => {
    const { name, type, end } = readQuestion(query);
    const typeName = (Object.keys(types) as RecordType[]).find((one) => types[one] === type);
    asked.push(`${typeName ?? type} ${name}`);
    const owned = records.filter(([, owner]) => owner === name);
    const answers = owned.filter(([kind]) => kind === typeName);
    const header = Buffer.alloc(12);
    query.copy(header, 0, 0, 2);
    // An authoritative answer; NXDOMAIN when the name has no records at all.
    header.writeUInt16BE(0x8580 | (owned.length === 0 ? 3 : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers.length, 6);
    const body = answers.map(([kind = '', , ...fields]) => {
      const data = recordData(kind, fields);
      const fixed = Buffer.alloc(12);
      // The name is a pointer to the question.
      fixed.writeUInt16BE(0xc00c, 0);
      fixed.writeUInt16BE(type, 2);
      fixed.writeUInt16BE(1, 4);
      fixed.writeUInt32BE(ttlSeconds, 6);
      fixed.writeUInt16BE(data.length, 10);
      return Buffer.concat([fixed, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end), ...body]), source.port, source.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const resolver = new Resolver({ timeout: 500, tries: 2 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    resolver,
    asked,
    set: (next) => {
      records = next.map((line) => line.split(' '));
    },
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function recordData(type: string, fields: readonly string[]): Buffer {
  switch (type) {
    case 'A':
    case 'AAAA':
      return addressData(fields[0] ?? '');
    case 'SRV': {
      const [priority, weight, port, target = ''] = fields;
      return Buffer.concat([numbers(priority, weight, port), nameData(target)]);
    }
    default: {
      const [order, preference, flags = '', service = '', replacement = ''] = fields;
      const texts = [flags, service, ''].map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]));
      return Buffer.concat([numbers(order, preference), ...texts, nameData(replacement)]);
    }
  }
}

function addressData(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':'));
  const gap = Array<string>(8 - words(head).length - words(tail).length).fill('0');
  return Buffer.from([...words(head), ...gap, ...words(tail)].map((word) => word.padStart(4, '0')).join(''), 'hex');
}

function numbers(...values: (string | undefined)[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(Number(value), index * 2);
  return bytes;
}

function nameData(name: string): Buffer {
  const labels = name === '.' ? [] : name.split('.');
  return Buffer.concat([
    ...labels.map((one) => Buffer.concat([Buffer.from([one.length]), Buffer.from(one)])),
    Buffer.alloc(1),
  ]);
}
