import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleError } from '../../../src/api/error-handler.ts';
import { apiKeys, sessions } from '../../../src/store/schema.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('a problem has every field, for readers of RFC 9457 and of the documented ErrorDto', async () => {
  const { headers, body } = await server.problem('GET', '/nowhere');
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toEqual({
    type: '/docs/errors#route_not_found',
    title: 'There is no such endpoint',
    status: 404,
    detail: 'There is no such endpoint. Check the path and the method.',
    code: 'route_not_found',
    request_id: headers.get('x-request-id'),
    errors: [],
    statusCode: 404,
    message: 'There is no such endpoint. Check the path and the method.',
    error: 'Not Found',
  });
});

test('a method that a path does not have is a problem too', async () => {
  expect((await server.problem('DELETE', '/phone')).body.code).toBe('route_not_found');
});

test('another media type is 415', async () => {
  const headers = { 'content-type': 'application/xml' };
  const { status, body } = await server.problem('POST', '/phone', { rawBody: '<a/>', headers });
  expect([status, body.code]).toEqual([415, 'media_type_unsupported']);
});

test('a body over a megabyte is 413', async () => {
  const { status, body } = await server.problem('POST', '/phone', { body: { name: 'x'.repeat(1024 * 1024) } });
  expect([status, body.code]).toEqual([413, 'body_too_large']);
});

test('a lost database is 503, without particulars', async () => {
  const lost = await startTestServer({}, 'alone');
  await lost.store.close();
  const { status, body } = await lost.problem('GET', '/phone');
  expect(status).toBe(503);
  expect(body.code).toBe('store_unavailable');
  await lost.stop();
});

test('what another request deletes in the meantime is 409; a reference that never was is our own fault', async () => {
  const api = Fastify();
  api.setErrorHandler(handleError);
  const { db } = server.store;
  const gone = '00000000-0000-4000-8000-000000000000';
  const orgId = server.acme.id;
  api.post('/late', () => db.insert(sessions).values({ orgId, channelType: 'api', agentId: gone }));
  api.post('/wrong', () => db.insert(apiKeys).values({ orgId: gone, name: 'x', hash: 'x', lastFour: 'x' }));
  const late = await api.inject({ method: 'POST', url: '/late' });
  const wrong = await api.inject({ method: 'POST', url: '/wrong' });
  await api.close();
  expect([late.statusCode, late.json()]).toMatchObject([409, { code: 'changed_meanwhile' }]);
  expect([wrong.statusCode, wrong.json()]).toMatchObject([500, { code: 'internal_error' }]);
});
