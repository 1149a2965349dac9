import type { Api } from '../../api.ts';
import { createDocument, documentationPage, type Operation, pagePolicy } from '../../openapi/index.ts';

/** GET /docs and /docs/json: the operations that were added before, as a page and as an OpenAPI document. */
export function getDocs(api: Api, operations: readonly Operation[]): void {
  const document = createDocument([...operations]);
  const page = documentationPage(document);
  api.get('/docs/json', async () => document);
  api.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy).send(page),
  );
}
