import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { MemoryDirectory, pickUpTelephone, startService } from './scene.ts';

/** Chunks of a HEP3 packet by type. */
function chunksOf(bytes: Buffer): Map<number, Buffer> {
  const chunks = new Map<number, Buffer>();
  for (let at = 6; at < bytes.length; at += bytes.readUInt16BE(at + 4)) {
    chunks.set(bytes.readUInt16BE(at + 2), bytes.subarray(at + 6, at + bytes.readUInt16BE(at + 4)));
  }
  return chunks;
}

test('a Homer hears every message of a call as it goes by, with both ends and without credentials', async () => {
  const homer = createSocket('udp4');
  const heard: Map<number, Buffer>[] = [];
  homer.on('message', (bytes) => heard.push(chunksOf(bytes)));
  homer.bind(0, '127.0.0.1');
  await once(homer, 'listening');
  const service = await startService(new MemoryDirectory(), {
    homer: { host: '127.0.0.1', port: homer.address().port },
  });
  const telephone = await pickUpTelephone(34_800);
  onTestFinished(async () => {
    await service.close();
    await telephone.close();
    homer.close();
  });
  const { call } = await telephone.dial(service.sipPort);
  await call.hangup();
  const firstLines = () => heard.map((chunks) => chunks.get(15)?.toString().split('\r\n', 1)[0]);
  await expect.poll(() => firstLines().filter((line) => line?.startsWith('BYE'))).toHaveLength(1);
  expect(firstLines()[0]).toMatch(/^INVITE /);
  expect(firstLines()[1]).toBe('SIP/2.0 401 Unauthorized');
  const text = heard.map((chunks) => chunks.get(15)?.toString()).join('\n');
  expect(text).toContain('Authorization: Digest response="(removed)"');
  expect(text).not.toMatch(/response="(?!\(removed\))/);
  const [invite, challenge] = heard;
  const portsOf = (chunks: Map<number, Buffer> | undefined) => [
    chunks?.get(7)?.readUInt16BE(0),
    chunks?.get(8)?.readUInt16BE(0),
  ];
  expect(portsOf(invite)).toEqual([telephone.endpoint.port, service.sipPort]);
  expect(portsOf(challenge)).toEqual([service.sipPort, telephone.endpoint.port]);
  expect(new Set(heard.map((chunks) => chunks.get(17)?.toString())).size).toBe(1);
});
