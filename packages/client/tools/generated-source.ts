import { key, literal, type Schema, typeOf } from './typescript.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly schema?: Schema;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

/** What the generator reads of an OpenAPI document. */
export interface SourceDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const json = 'application/json';

/** The text of `src/generated.ts`: a type for every schema, and every operation with what it takes and answers. */
export function generatedSource(document: SourceDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const schemas = Object.entries(document.components.schemas).map(([name, schema]) => {
    const type = typeOf(schema);
    return schema.properties ? `export interface ${name} ${type}\n` : `export type ${name} = ${type};\n`;
  });
  const types = operations.map(({ operation }) => operationType(operation));
  const table = operations.map(
    ({ path, method, operation }) =>
      `  ${operation.operationId}: { method: ${literal(method)}, path: ${literal(path)} },\n`,
  );
  return [
    '// Made from docs/openapi.json by tools/generate.ts; changes are made there.\n',
    ...schemas,
    `/** What each operation takes and answers. */\nexport interface Operations {\n${types.join('')}}\n`,
    `/** Where each operation is. */\nexport const operations = {\n${table.join('')}} as const;\n`,
  ].join('\n');
}

function operationType({ operationId, summary, parameters = [], requestBody, responses }: DocumentedOperation): string {
  const body = requestBody?.content[json]?.schema;
  const lines = [
    ...parametersType('path', parameters),
    ...parametersType('query', parameters),
    ...(body ? [`    readonly body${requestBody.required ? '' : '?'}: ${typeOf(body, 2)};`] : []),
  ];
  const answer = responses['200']?.content?.[json]?.schema;
  const request =
    lines.length > 0 ? `{\n${lines.map((line) => `  ${line}`).join('\n')}\n    }` : 'Readonly<Record<never, never>>';
  return `  /** ${summary}. */\n  readonly ${operationId}: {\n    readonly request: ${request};\n    readonly answer: ${answer ? typeOf(answer, 2) : 'string'};\n  };\n`.replace(
    /([.?!])\. \*\//,
    '$1 */',
  );
}

function parametersType(where: 'path' | 'query', parameters: readonly Parameter[]): readonly string[] {
  const found = parameters.filter((parameter) => parameter.in === where);
  if (found.length === 0) return [];
  const optional = found.every(({ required }) => !required);
  // Numbers in a path or query are texts anyway, and clients have them as numbers.
  const fields = found.map(
    ({ name, required, schema }) => `readonly ${key(name)}${required ? '' : '?'}: ${typeOf(schema, 2)}`,
  );
  return [`    readonly ${where}${optional ? '?' : ''}: { ${fields.join('; ')} };`];
}
