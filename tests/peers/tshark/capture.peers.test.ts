import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audioOffer, createSipEndpoint } from '@dialplane/sip';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { newCallerNumber } from '../../caller-number.ts';
import { type Product, startProduct } from '../../product.ts';
import { sipPort } from '../../sip-port.ts';
import { readFaults, readFields } from './tshark.ts';

let product: Product;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialplane-tshark-'));
  product = await startProduct({ environment: { HOST: '::', OFFLINE_STT: 'off', LOG_LEVEL: 'warn' } });
});

afterAll(async () => {
  await product?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** CSeq, and the status of responses. */
const everyMessage = [
  ...['1 INVITE', '1 INVITE 401', '1 ACK', '2 INVITE', '2 INVITE 100', '2 INVITE 180', '2 INVITE 200', '2 ACK'],
  ...['3 BYE', '3 BYE 200'],
];

it.each([
  ['udp', '127.0.0.1'],
  ['udp', '::1'],
  ['tcp', '127.0.0.1'],
  ['tls', '127.0.0.1'],
  ['tls', '::1'],
] as const)('tshark reads the capture of a call over %s with %s', async (transport, host) => {
  const port = await sipPort(product, transport);
  const id = await placeCall(transport, host, port);

  const capture = join(directory, 'call.pcap');
  // Written a little behind the call.
  await expect
    .poll(async () => (await lastOfTrace(id)).match(/^(SIP).*CSeq: \d+ (BYE)/s)?.slice(1), { timeout: 5_000 })
    .toEqual(['SIP', 'BYE']);
  writeFileSync(capture, await exported(id));
  expect(readFaults(capture, port)).toEqual([]);
  const address = host === '::1' ? 'ipv6' : 'ip';
  const places = [`${address}.src`, `${address}.dst`, 'udp.srcport', 'udp.dstport'];
  const rows = readFields(capture, port, ['sip.CSeq', 'sip.Status-Code', ...places]);
  // A slow machine sends some of them again.
  const messages = new Set(rows.map(([sequence, status]) => `${sequence} ${status}`.trim()));
  expect([...messages]).toEqual(everyMessage);
  expect(new Set(rows.flatMap(([, , from, to]) => [from, to]))).toEqual(new Set([host]));
  const theirs = rows[0]?.[4];
  const ways = rows.map(([, , , , from, to]) => (from === theirs ? to : from));
  expect(new Set(ways)).toEqual(new Set([String(port)]));
});

/** Calls the demo agent, hangs up once it has answered, and returns the id of the call. */
async function placeCall(transport: 'udp' | 'tcp' | 'tls', host: string, port: number): Promise<string> {
  const { demo } = product;
  const caller = newCallerNumber();
  const endpoint = await createSipEndpoint({ host, port: 0, userAgent: 'test phone' });
  onTestFinished(() => endpoint.close());
  const literal = host.includes(':') ? `[${host}]` : host;
  const answered = Promise.withResolvers<void>();
  const call = endpoint.call({
    target: `sip:${demo.number}@${literal}:${port};transport=${transport}`,
    from: `sip:${caller}@${literal}`,
    credentials: demo,
    tls: { verify: false },
    sdp: audioOffer({ address: host, port: 40_000, codecs: ['PCMU'], sessionId: 1 }),
    handlers: {
      answered: () => answered.resolve(),
      refused: (status, reason) => answered.reject(new Error(`${status} ${reason}`)),
    },
  });
  await answered.promise;
  await call.hangup();
  const { items } = await product.client.call('listCalls', {});
  const id = items.find((item) => item.caller === caller)?.id;
  if (id === undefined) throw new Error(`There is no call from ${caller}:\n${product.log()}`);
  return id;
}

async function lastOfTrace(id: string): Promise<string> {
  const { items } = await product.client.call('getCallTrace', { path: { call_id: id } });
  return items.at(-1)?.text ?? '';
}

async function exported(id: string): Promise<Uint8Array> {
  const { api, api_key: key } = product.demo;
  const response = await fetch(`${api}/phone/calls/${id}/trace.pcap`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status).toBe(200);
  return response.bytes();
}
