import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath } from '../sip-requests.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test.each([
  [{ name: '' }, 'validation_failed', '/name'],
  [{ name: 'x'.repeat(256) }, 'validation_failed', '/name'],
  [{ type: 'fax' }, 'validation_failed', '/type'],
  [{ value: 'reception' }, 'phone_number_invalid', '/value'],
  [{ value: ' ' }, 'validation_failed', '/value'],
  [{ value: 'x'.repeat(501) }, 'validation_failed', '/value'],
  [{ type: 'sip', value: '+15559999999' }, 'validation_failed', '/value'],
  [{ type: 'sip', value: 'http://pbx.example.com' }, 'validation_failed', '/value'],
  [{ type: 'sip', value: 'sip:a b@pbx.example.com' }, 'validation_failed', '/value'],
  [{ username: 'u', password: 'p' }, 'validation_failed', '/username'],
  [{ type: 'sip', value: 'sip:a@b.example', username: 'u' }, 'validation_failed', '/password'],
  [{ type: 'sip', value: 'sip:a@b.example', password: 'p' }, 'validation_failed', '/username'],
])('%j is not valid', async (fields, code, pointer) => {
  const body = { name: 'Support', type: 'phone', value: '+15559999999', ...fields };
  const answer = await server.problem('POST', destinationPath, { body });
  // Of a pair, the half that is missing is named.
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([422, code, pointer]);
});

test.each(['name', 'type', 'value'])('%s is required', async (field) => {
  const body = { name: 'Support', type: 'phone', value: '+15559999999', [field]: undefined };
  const answer = await server.problem('POST', destinationPath, { body });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, `/${field}`]);
});
