/** JSON schemas (draft 2020-12, as the OpenAPI document has them) as TypeScript types. */

/** What of a schema shows in a type; bounds and patterns do not. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

/** @param depth of indentation, for the lines of objects. */
export function typeOf(schema: Schema, depth = 0): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/components/schemas/', '');
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return union(alternatives.map((one) => typeOf(one, depth)));
  if (schema.allOf) return schema.allOf.map((one) => bracketed(typeOf(one, depth))).join(' & ');
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return types.length === 0 ? 'unknown' : union(types.map((type) => typeNamed(type, schema, depth)));
}

function typeNamed(type: string, schema: Schema, depth: number): string {
  if (type === 'integer') return 'number';
  if (type === 'array') return `readonly ${bracketed(typeOf(schema.items ?? {}, depth))}[]`;
  if (type === 'object') return objectType(schema, depth);
  return type;
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema, depth: number): string {
  const entries = Object.entries(properties);
  if (entries.length === 0) {
    const value = typeof additionalProperties === 'object' ? typeOf(additionalProperties, depth) : 'unknown';
    return `Readonly<Record<string, ${value}>>`;
  }
  const indent = '  '.repeat(depth + 1);
  const lines = entries.map(([name, property]) => {
    const comment = property.description ? `${indent}/** ${property.description} */\n` : '';
    const mark = required.includes(name) ? '' : '?';
    return `${comment}${indent}readonly ${key(name)}${mark}: ${typeOf(property, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function union(types: readonly string[]): string {
  return [
    ...new Set(types.map((type) => (type.startsWith('readonly ') && types.length > 1 ? `(${type})` : type))),
  ].join(' | ');
}

const bracketed = (type: string): string =>
  /[|&]|^readonly /.test(type) && !type.startsWith('{') ? `(${type})` : type;

export const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

export const literal = (value: unknown): string => JSON.stringify(value);
