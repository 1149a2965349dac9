import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeWav, sine } from '@dialplane/audio';
import { recordings } from '../src/store/schema.ts';
import { insertCall, insertSession } from './test-calls.ts';
import type { TestServer } from './test-server.ts';

export interface StoredRecording {
  readonly callId: string;
  /** Of the sound. */
  readonly path: string;
  readonly content: Buffer;
}

/** A call that was recorded for a second, with its row and its files. */
export async function insertRecording(
  { store, acme, services }: TestServer,
  row: Partial<typeof recordings.$inferInsert> = {},
  startedAt = new Date(),
): Promise<StoredRecording> {
  const sessionId = await insertSession(store.db, acme.id);
  const events = [['invite_received', 0, {}] as const, ['ended', 1000, { reason: 'caller_hung_up' }] as const];
  const callId = await insertCall(store.db, acme.id, { sessionId, startedAt, events });
  const tone = sine({ frequencyHz: 400, sampleRate: 8000, durationMs: 1000, levelDbfs: -12 });
  const content = Buffer.from(encodeWav({ sampleRate: 8000, channels: [tone, tone] }));
  const path = join(services.config.dataDir, 'recordings', acme.id, `${callId}.wav`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  writeFileSync(
    path.replace('.wav', '.peaks'),
    Uint8Array.from({ length: 20 }, (_, i) => i),
  );
  await store.db.insert(recordings).values({
    callId,
    orgId: acme.id,
    state: 'stored',
    format: 'wav',
    encrypted: false,
    startedAtMs: 0,
    durationMs: 1000,
    bytes: content.length,
    sha256: 'ab'.repeat(32),
    ...row,
  });
  return { callId, path, content };
}
