import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../../src/api/openapi/index.ts';
import { problems } from '../../../src/api/problem.ts';
import { startTestServer, type TestServer } from '../../test-server.ts';

const committed = fileURLToPath(new URL('../../../../../docs/openapi.json', import.meta.url));

let server: TestServer;
let document: OpenApiDocument;
beforeAll(async () => {
  server = await startTestServer();
  document = (await server.request<OpenApiDocument>('GET', '/docs/json', { key: null })).body;
});
afterAll(() => server.stop());

test('the document is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

/** After a change of routes: npm run openapi */
test('docs/openapi.json is what the server answers', async () => {
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(committed);
});

test('every operation has a name, a tag, a summary, and the problems it can answer with', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { operationId, tags, summary, responses } of operations) {
    expect(operationId).toMatch(/^[a-z]+[A-Za-z]+$/);
    expect(tags).toHaveLength(1);
    expect(summary).toMatch(/^[A-Z].{5,}/);
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(['200', '500']));
  }
});

const page = async (path: string): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  return response.text();
};

test('the page needs nothing but itself and shows every operation', async () => {
  const text = await page('/docs');
  for (const path of Object.keys(document.paths)) expect(text).toContain(path);
  expect(text).not.toMatch(/<script|src=/);
});

test('the type of a problem leads to what is to be done', async () => {
  const { body } = await server.problem('GET', '/nowhere');
  const text = await page(body.type);
  for (const code of Object.keys(problems)) expect(text).toContain(`<h2 id="${code}">`);
  expect(text).toContain('<strong>404.</strong> No endpoint has this method and path.');
});
