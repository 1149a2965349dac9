import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedSource } from '../tools/generated-source.ts';
import { typeOf } from '../tools/typescript.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('src/generated.ts is what tools/generate.ts makes of docs/openapi.json', () => {
  expect(read('../src/generated.ts')).toBe(generatedSource(JSON.parse(read('../../../docs/openapi.json'))));
});

test.each([
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ const: true }, 'true'],
  [{ $ref: '#/components/schemas/Agent' }, 'Agent'],
  [{ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'string | (readonly string[])'],
  [{ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } }, 'readonly (string | number)[]'],
  [{ type: 'array', items: { type: 'array', items: { type: 'number' } } }, 'readonly (readonly number[])[]'],
  [{ allOf: [{ $ref: '#/components/schemas/A' }, { type: ['string', 'null'] }] }, 'A & (string | null)'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'Readonly<Record<string, number>>'],
  [{}, 'unknown'],
  [
    { type: 'object', properties: { a: { type: 'string' }, 'b-c': {} }, required: ['a'] },
    '{\n  readonly a: string;\n  readonly "b-c"?: unknown;\n}',
  ],
])('%j is %s', (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});
