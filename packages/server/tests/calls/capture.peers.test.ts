import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureOf } from '../../src/calls/capture.ts';
import { ensureOrganisation } from '../../src/organisations.ts';
import { openTestStore, type TestStore } from '../test-store.ts';
import { insertTracedCall } from '../traced-call.ts';

let store: TestStore;
const directory = mkdtempSync(join(tmpdir(), 'capture-'));
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await store.dispose();
});

/** What tshark prints about a file; a malformed packet, a wrong checksum or a wrong length would be an expert item. */
function tshark(file: string, ...options: string[]): string {
  const checks = ['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'];
  const ports = ['-d', 'udp.port==5070,sip', '-d', 'udp.port==5061,sip'];
  const { status, stdout, stderr } = spawnSync('tshark', ['-n', '-r', file, ...checks, ...ports, ...options], {
    encoding: 'utf8',
  });
  expect(stderr.split('\n').filter((line) => !line.startsWith('Running as user'))).toEqual(['']);
  expect(status).toBe(0);
  return stdout;
}

test.each([
  ['udp', 4],
  ['tls', 6],
] as const)('tshark reads a call over %s and IPv%i without a fault', async (transport, family) => {
  const { db } = store.store;
  const { id: orgId } = await ensureOrganisation(db, 'acme', 'acme');
  const id = await insertTracedCall(db, orgId, transport, family);
  const startedAt = new Date('2026-02-03T04:05:06.000Z');
  const file = join(directory, `${transport}.pcap`);
  writeFileSync(file, await captureOf(db, { id, orgId, startedAt }));
  const fields = ['-T', 'fields', '-e', 'sip.Method', '-e', 'sip.Status-Code', '-e', 'sdp.media', '-e', 'sip.Call-ID'];
  expect(
    tshark(file, ...fields)
      .trim()
      .split('\n'),
  ).toEqual(['INVITE\t\taudio 40000 RTP/AVP 0\ttraced', '\t200\taudio 40000 RTP/AVP 0\ttraced']);
  expect(tshark(file, '-Y', '_ws.malformed || _ws.expert.severity >= 6291456')).toBe('');
});
