import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadEncryptionKey } from '../src/encryption-key.ts';
import { createSecrets } from '../src/secrets.ts';
import { silentLog } from './test-store.ts';

const key = '0f'.repeat(32);
const secrets = createSecrets(key);

test.each(['', 'password', 'pässwörd ☎', 'x'.repeat(10_000)])('opens what it sealed', (text) => {
  const sealed = secrets.seal(text, 'row');
  expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]+\.[\w-]+$/);
  expect(secrets.open(sealed, 'row')).toBe(text);
});

test('seals the same text differently each time, and shows nothing of it', () => {
  expect(secrets.seal('password', 'row')).not.toBe(secrets.seal('password', 'row'));
  expect(Buffer.from(secrets.seal('password', 'row'), 'base64url').toString('latin1')).not.toContain('password');
});

test('does not open in another record', () => {
  expect(() => secrets.open(secrets.seal('password', 'row a'), 'row b')).toThrow(
    expect.objectContaining({ code: 'secret_damaged' }),
  );
});

test('does not open when any character was changed', () => {
  const sealed = secrets.seal('password', 'row');
  for (let i = 0; i < sealed.length; i += 1) {
    // The last character of a base64url text may hold bits that mean nothing.
    if (i === sealed.length - 1 || sealed[i + 1] === '.') continue;
    const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`;
    expect(() => secrets.open(changed, 'row'), `character ${i}`).toThrow();
  }
});

test('another key is named as the reason', () => {
  const sealed = createSecrets('aa'.repeat(32)).seal('password', 'row');
  expect(() => secrets.open(sealed, 'row')).toThrow(expect.objectContaining({ code: 'secret_other_key' }));
});

test.each(['', 'v1', 'v1.x', 'nonsense'])('%j is not sealed', (text) => {
  expect(() => secrets.open(text, 'row')).toThrow();
});

test('a key that is too short is refused', () => {
  expect(() => createSecrets('0f0f')).toThrow(RangeError);
});

test('the key is made once, for its owner only, and kept; a configured one comes first', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dialplane-test-'));
  const made = loadEncryptionKey(undefined, dataDir, silentLog);
  const file = join(dataDir, 'encryption-key');
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(readFileSync(file, 'utf8')).toBe(`${made}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(loadEncryptionKey(undefined, dataDir, silentLog)).toBe(made);
  expect(loadEncryptionKey(key, dataDir, silentLog)).toBe(key);

  writeFileSync(file, 'scribble');
  expect(() => loadEncryptionKey(undefined, dataDir, silentLog)).toThrow(/does not hold 64 hexadecimal digits/);
  rmSync(dataDir, { recursive: true, force: true });
});
