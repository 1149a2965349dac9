import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { insertTracedCall } from '../../traced-call.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function capture(id: string): Promise<{ readonly type: string | null; readonly bytes: Buffer }> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/phone/calls/${id}/trace.pcap`, {
    headers: { authorization: `Bearer ${server.acme.key}` },
  });
  return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Packets of a capture in raw IP. */
function packetsOf(bytes: Buffer): { readonly atMs: number; readonly ip: Buffer }[] {
  expect([bytes.readUInt32BE(0), bytes.readUInt32BE(20)]).toEqual([0xa1b2c3d4, 101]);
  const packets: { atMs: number; ip: Buffer }[] = [];
  let at = 24;
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at + 8);
    const atMs = bytes.readUInt32BE(at) * 1000 + bytes.readUInt32BE(at + 4) / 1000;
    packets.push({ atMs, ip: bytes.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return packets;
}

test('the messages with both addresses as they were on the wire, whatever the Contact says', async () => {
  const { type, bytes } = await capture(await insertTracedCall(server.store.db, server.acme.id, 'udp', 4));
  expect(type).toBe('application/vnd.tcpdump.pcap');
  const [invite, ok] = packetsOf(bytes);
  expect([...(invite?.ip.subarray(12, 20) ?? [])]).toEqual([192, 0, 2, 7, 198, 51, 100, 1]);
  expect([invite?.ip.readUInt16BE(20), invite?.ip.readUInt16BE(22)]).toEqual([5070, 5060]);
  expect([...(ok?.ip.subarray(12, 20) ?? [])]).toEqual([198, 51, 100, 1, 192, 0, 2, 7]);
  expect(invite?.ip.toString('utf8', 28)).toMatch(/^INVITE .*\r\n/);
  expect([invite?.atMs, ok?.atMs]).toEqual([Date.UTC(2026, 1, 3, 4, 5, 6), Date.UTC(2026, 1, 3, 4, 5, 6) + 13]);
});

test('over TLS and IPv6, with the true transport in the Via', async () => {
  const { bytes } = await capture(await insertTracedCall(server.store.db, server.acme.id, 'tls', 6));
  const [invite] = packetsOf(bytes);
  expect(invite?.ip.readUInt8(0)).toBe(0x60);
  expect(invite?.ip.readUInt16BE(42)).toBe(5061);
  expect(invite?.ip.toString('utf8', 48)).toContain('Via: SIP/2.0/TLS [2001:db8::7]:5070');
});
