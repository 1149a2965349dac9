import { z } from 'zod';

/** A JSON schema of draft 2020-12, the dialect of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Named schemas of one direction; their references point into the document. */
export interface SchemaRegistry {
  /** Gives a schema a name; one that has a name already keeps it. */
  name(schema: z.ZodType, name: string): void;
  /** `{ $ref }` for a named schema. */
  reference(schema: z.ZodType): JsonSchema;
  /** Every named schema by its name. */
  schemas(): Readonly<Record<string, JsonSchema>>;
}

const referenceTo = (name: string): string => `#/components/schemas/${name}`;

/** @param io `input`: what is sent to us; `output`: what we answer with. */
export function createSchemaRegistry(io: 'input' | 'output'): SchemaRegistry {
  const registry = z.registry<{ id: string }>();
  return {
    name: (schema, name) => {
      if (!registry.has(schema)) registry.add(schema, { id: name });
    },
    reference: (schema) => {
      const id = registry.get(schema)?.id;
      if (id === undefined) throw new Error('A schema without a name was referred to.');
      return { $ref: referenceTo(id) };
    },
    schemas: () => {
      const { schemas } = z.toJSONSchema(registry, { ...options(io), uri: referenceTo });
      return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutNames(schema)]));
    },
  };
}

/** The properties of a query or of a path. */
export function parameterSchemas(schema: z.ZodObject): readonly (readonly [string, JsonSchema])[] {
  const { properties = {} } = z.toJSONSchema(schema, options('input'));
  return Object.entries(properties).map(([name, property]) => [
    name,
    typeof property === 'object' ? { ...property } : {},
  ]);
}

function options(io: 'input' | 'output') {
  return {
    io,
    target: 'draft-2020-12',
    // A `moment` is a Date inside and a text outside; what only we compute has no schema.
    unrepresentable: 'any',
    override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
      // Answers may gain fields; a client must not refuse them for it.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // What goes without saying: the limits of JavaScript's integers, and a format's own pattern.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  } as const;
}

function withoutNames({ $schema: _dialect, $id: _id, ...schema }: Record<string, unknown>): JsonSchema {
  return schema;
}
