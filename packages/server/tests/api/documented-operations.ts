import { readFileSync } from 'node:fs';
import { type Scope, scopes } from '../../src/api-keys.ts';
import type { ValueSchema } from './random-values.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: ValueSchema;
}

interface Described {
  readonly operationId: string;
  readonly 'x-action'?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly 'application/json': { readonly schema: ValueSchema; readonly example?: unknown } };
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: ValueSchema }>> }>
  >;
}

/** An operation of the committed OpenAPI document; another test keeps that equal to the routes. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** With `{name}` parameters. */
  readonly path: string;
  /** Undefined: open to everybody. */
  readonly scope: Scope | undefined;
  /** What the audit log calls it. */
  readonly action: string | undefined;
  readonly pathParameters: readonly Parameter[];
  readonly queryParameters: readonly Parameter[];
  readonly body: ValueSchema | undefined;
  readonly example: unknown;
  /** Of the 200 as JSON. */
  readonly answer: ValueSchema | undefined;
  /** Answers with events without an end. */
  readonly streaming: boolean;
}

const document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, ValueSchema>> };
} = JSON.parse(readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8'));

export const documentedSchemas = document.components.schemas;

export const documentedOperations: readonly DocumentedOperation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, described]) => operation(path, method, described)),
);

/** The schema itself where a reference stands. */
export function resolved(schema: ValueSchema | undefined): ValueSchema | undefined {
  const name = schema?.$ref?.split('/').at(-1);
  return name === undefined ? schema : documentedSchemas[name];
}

/** @param values by name; what is missing stays as it is. */
export function pathOf({ path }: DocumentedOperation, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : encodeURIComponent(value);
  });
}

function operation(path: string, method: string, described: Described): DocumentedOperation {
  const { parameters = [], requestBody, responses } = described;
  const content = requestBody?.content['application/json'];
  const answers = responses['200']?.content ?? {};
  const required = described.security[0]?.bearerAuth?.[0];
  return {
    id: described.operationId,
    method: method.toUpperCase(),
    path,
    scope: scopes.find((scope) => scope === required),
    action: described['x-action'],
    pathParameters: parameters.filter((parameter) => parameter.in === 'path'),
    queryParameters: parameters.filter((parameter) => parameter.in === 'query'),
    body: content?.schema,
    example: content?.example,
    answer: answers['application/json']?.schema,
    streaming: 'text/event-stream' in answers,
  };
}
