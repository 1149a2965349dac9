import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword } from '../src/passwords.ts';

test('Argon2id as a PHC string that anybody can check the password by', async () => {
  const hash = await hashPassword('correct horse battery');
  const [, memory, passes, parallelism, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash) ?? [];
  expect(Number(memory) * Number(passes)).toBeGreaterThanOrEqual(19_456 * 2);
  const checked = argon2Sync('argon2id', {
    message: 'correct horse battery',
    nonce: Buffer.from(salt, 'base64'),
    tagLength: 32,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  expect(checked.toString('base64').replace(/=+$/, '')).toBe(tag);
});

test('the same password has another hash each time', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'));
});
