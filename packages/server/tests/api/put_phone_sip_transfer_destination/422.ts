import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';
import { destinationPath, makeDestinationBy } from '../sip-requests.ts';

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
  [{ type: 'sip' }, 'validation_failed', '/value'],
])('%j is not valid', async (body, code, pointer) => {
  const { id } = await makeDestinationBy(server, {});
  const answer = await server.problem('PUT', `${destinationPath}/${id}`, { body });
  expect([answer.status, answer.body.code, answer.body.errors[0]?.pointer]).toEqual([422, code, pointer]);
});
