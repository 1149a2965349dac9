import type { FastifyReply } from 'fastify';
import type { Api } from '../../api.ts';
import { createDocument, documentationPage, type Operation, pagePolicy, problemPage } from '../../openapi/index.ts';

/** GET /docs, /docs/json and /docs/errors: the operations that were added before, and the problems they answer with. */
export function getDocs(api: Api, operations: readonly Operation[]): void {
  const document = createDocument([...operations]);
  const operationsPage = documentationPage(document);
  const problemsPage = problemPage();
  api.get('/docs/json', async () => document);
  api.get('/docs', async (_request, reply) => sendPage(reply, operationsPage));
  api.get('/docs/errors', async (_request, reply) => sendPage(reply, problemsPage));
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', pagePolicy).send(page);
}
