import { existsSync, writeFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { auditLog, organisations, recordings } from '../../src/store/schema.ts';
import { insertRecording } from '../test-recordings.ts';
import { closeSharedStore, startTestServer, type TestServer } from '../test-server.ts';
import { openBucket } from './bucket.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  return () => server.stop();
});
afterAll(() => closeSharedStore());

const rowOf = async (callId: string) => {
  const [row] = await server.store.db.select().from(recordings).where(eq(recordings.callId, callId));
  return row;
};
const dayMs = 86_400_000;

test('what is older than its organisation keeps it is deleted, and the proof stays', async () => {
  const now = new Date('2026-06-30T12:00:00Z');
  const old = await insertRecording(server, {}, new Date(now.getTime() - 8 * dayMs));
  const young = await insertRecording(server, {}, new Date(now.getTime() - 6 * dayMs));
  await server.recordings.upkeep(now);
  expect(existsSync(old.path)).toBe(true);

  await server.store.db.update(organisations).set({ retentionDays: 7 }).where(eq(organisations.id, server.acme.id));
  await server.recordings.upkeep(now);
  expect([existsSync(old.path), existsSync(old.path.replace('.wav', '.peaks'))]).toEqual([false, false]);
  expect(existsSync(young.path)).toBe(true);
  expect(await rowOf(old.callId)).toMatchObject({
    state: 'deleted',
    deletedBy: 'retention',
    deletedAt: expect.any(Date),
    sha256: 'ab'.repeat(32),
    bytes: old.content.length,
  });
  expect((await rowOf(young.callId))?.state).toBe('stored');
  const [entry] = await server.store.db.select().from(auditLog).where(eq(auditLog.targetId, old.callId));
  expect(entry).toMatchObject({ actorType: 'system', action: 'recording.delete', data: { sha256: 'ab'.repeat(32) } });
});

test('what the last process left behind becomes whole, or is named as lost', async () => {
  const left = await insertRecording(server, { state: 'recording', durationMs: null, bytes: null, sha256: null });
  const header = Buffer.alloc(58);
  writeFileSync(left.path, Buffer.concat([header, Buffer.alloc(2 * 16_000, 0xff)]));
  const gone = await insertRecording(server, { state: 'saving', format: 'opus' });
  await server.recordings.start();
  expect(await rowOf(left.callId)).toMatchObject({
    state: 'stored',
    durationMs: 2000,
    bytes: 58 + 32_000,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect((await rowOf(gone.callId))?.state).toBe('lost');
});

test('recordings move to a bucket when it can be reached, and are read and deleted there', async () => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  const bucket = await openBucket();
  await server.stop();
  server = await startTestServer({ RECORDING_S3_BUCKET: 'calls', RECORDING_S3_ENDPOINT: bucket.url });
  const { callId, path, content } = await insertRecording(server);
  bucket.isDown = true;
  await expect(server.recordings.upkeep(new Date())).rejects.toThrow();
  expect([existsSync(path), (await rowOf(callId))?.storage]).toEqual([true, 'disk']);

  bucket.isDown = false;
  await server.recordings.upkeep(new Date());
  expect([existsSync(path), (await rowOf(callId))?.storage]).toEqual([false, 's3']);
  const name = `calls/${server.acme.id}/${callId}`;
  expect(bucket.objects.get(`${name}.wav`)).toEqual(content);
  const heard = await fetch(`http://127.0.0.1:${server.port}/phone/calls/${callId}/recording`, {
    headers: { authorization: `Bearer ${server.acme.key}`, range: 'bytes=100-1099' },
  });
  expect(heard.status).toBe(206);
  expect(Buffer.from(await heard.arrayBuffer())).toEqual(content.subarray(100, 1100));

  expect((await server.request('DELETE', `/phone/calls/${callId}/recording`)).status).toBe(200);
  expect(bucket.objects.size).toBe(0);
  await bucket.close();
});
