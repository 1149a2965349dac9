import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAttempts } from '../../../src/number-verification/verification.ts';
import { phoneNumbers } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** A number that a code was sent to. */
async function awaiting(phoneNumber: string, code: string): Promise<string> {
  const orgId = server.acme.id;
  const expiresAt = new Date(Date.now() + 60_000);
  const row = { orgId, phoneNumber, method: 'sms_code', state: 'pending', expiresAt } as const;
  const [inserted] = await server.store.db.insert(phoneNumbers).values(row).returning();
  if (!inserted) throw new Error('The number was not inserted.');
  const codeHash = createHash('sha256').update(`${inserted.id}/${code}`).digest('hex');
  await server.store.db.update(phoneNumbers).set({ codeHash }).where(eq(phoneNumbers.id, inserted.id));
  return inserted.id;
}

const check = (id: string, code: unknown) => server.problem('POST', `/phone/numbers/${id}/check`, { body: { code } });

test('every wrong code tells how many attempts are left; after the last one the proof has failed', async () => {
  const id = await awaiting('+12025550101', '123456');
  const details: string[] = [];
  for (let attempt = 0; attempt < codeAttempts; attempt += 1) {
    const { status, body } = await check(id, '000000');
    expect([status, body.code]).toEqual([422, 'verification_code_wrong']);
    details.push(body.detail);
  }
  expect(details.map((detail) => /(\d|One|no) attempts? (is|are) left/.exec(detail)?.[1])).toEqual([
    '4',
    '3',
    '2',
    'One',
    'no',
  ]);
  expect((await server.request('GET', `/phone/numbers/${id}`)).body).toMatchObject({ state: 'failed' });
  const late = await check(id, '123456');
  expect([late.status, late.body.code]).toEqual([409, 'verification_not_awaited']);
});

test('attempts made at once are all counted', async () => {
  const id = await awaiting('+12025550102', '123456');
  const answers = await Promise.all(Array.from({ length: codeAttempts + 3 }, () => check(id, '000000')));
  expect(answers.filter(({ body }) => body.code === 'verification_code_wrong')).toHaveLength(codeAttempts);
});

test.each(['12345', '1234567', 'abcdef', 123456, ''])('%j is not a code of six digits', async (code) => {
  const id = await awaiting(`+1202555${1000 + Math.floor(Math.random() * 8999)}`, '123456');
  const { status, body } = await check(id, code);
  expect([status, body.code, body.errors[0]?.pointer]).toEqual([422, 'validation_failed', '/code']);
});
