import type { OpenApiDocument } from './document.ts';

/** Nothing is loaded from anywhere and nothing runs: the page is text with a style. */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
  h2 { margin: 2rem 0 0.5rem; }
  details { border-bottom: 1px solid #8884; padding: 0.25rem 0; }
  summary { cursor: pointer; overflow-wrap: anywhere; }
  code, pre { font: 0.875rem/1.4 ui-monospace, monospace; }
  pre { overflow-x: auto; background: #8881; padding: 0.75rem; border-radius: 0.25rem; }
  .method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
  .about { opacity: 0.75; }
`;

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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dialplane API</title>
<style>${style}</style>
</head>
<body>
<h1>Dialplane API</h1>
<p>Send an API key with every request: <code>Authorization: Bearer &lt;key&gt;</code>. The same in a form for programs, OpenAPI 3.1: <a href="/docs/json">/docs/json</a>.</p>
${sections.join('\n')}
<section><h2>Schemas</h2>${schemas.join('\n')}</section>
</body>
</html>
`;
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

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
