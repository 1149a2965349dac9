import { readFileSync } from 'node:fs';
import type { OpenApiDocument } from '../../../src/api/openapi/index.ts';
import { type Scope, scopes } from '../../../src/api-keys.ts';

/** The committed document; another test keeps it equal to the routes. */
export const committedDocument: OpenApiDocument = JSON.parse(
  readFileSync(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8'),
);

const someId = '00000000-0000-4000-8000-000000000000';

export interface ProtectedRoute {
  readonly method: string;
  /** With ids that nothing has. */
  readonly path: string;
  readonly scope: Scope;
  /** Answers with events without an end. */
  readonly streaming: boolean;
}

/** Every route that needs a key, and what the key must allow. */
export const protectedRoutes: readonly ProtectedRoute[] = Object.entries(committedDocument.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security, responses }]) => {
      const scope = scopeOf(security);
      if (!scope) return [];
      const streaming = JSON.stringify(responses).includes('text/event-stream');
      return [{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, someId), scope, streaming }];
    }),
);

function scopeOf(security: unknown): Scope | undefined {
  return scopes.find((scope) => JSON.stringify(security).includes(`"${scope}"`));
}
