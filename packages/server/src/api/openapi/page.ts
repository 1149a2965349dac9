import type { OpenApiDocument } from './document.ts';
import { escaped, htmlPage } from './html.ts';

/** The document as a page for people: every operation with its parameters, body and answers. */
export function documentationPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = document.tags.map(({ name }) => {
    const inside = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<section><h2>${escaped(name)}</h2>${inside.map(operationDetails).join('')}</section>`;
  });
  const schemas = Object.entries(schemasOf(document)).map(
    ([name, schema]) =>
      `<details id="${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${json(schema)}</details>`,
  );
  const about =
    'Send an API key with every request: <code>Authorization: Bearer &lt;key&gt;</code>. For programs: OpenAPI 3.1 at <a href="/docs/json">/docs/json</a>. What can go wrong: <a href="/docs/errors">/docs/errors</a>.';
  return htmlPage(
    'Dialplane API',
    `<p>${about}</p>\n${sections.join('\n')}\n<section><h2>Schemas</h2>${schemas.join('\n')}</section>`,
  );
}

interface Shown {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiDocument['paths'][string][string];
}

function operationDetails({ path, method, operation }: Shown): string {
  const { summary, operationId: _id, tags: _tags, ...rest } = operation;
  return `<details><summary><code><span class="method">${method.toUpperCase()}</span> ${escaped(path)}</code> <span class="about">${escaped(summary)}</span></summary>${json(rest)}</details>`;
}

function schemasOf({ components }: OpenApiDocument): object {
  if (typeof components !== 'object' || components === null || !('schemas' in components)) return {};
  return typeof components.schemas === 'object' && components.schemas !== null ? components.schemas : {};
}

/** Names of schemas lead to them. */
function json(value: unknown): string {
  const text = escaped(JSON.stringify(value, null, 2));
  return `<pre>${text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$&</a>')}</pre>`;
}
