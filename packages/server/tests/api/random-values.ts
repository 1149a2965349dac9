/** Values made from the JSON schemas of the OpenAPI document, by a seed: ones that fit, and ones that do not. */

/** What of a schema the values follow. */
export interface ValueSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ValueSchema[];
  readonly oneOf?: readonly ValueSchema[];
  readonly allOf?: readonly ValueSchema[];
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** 0 <= n < 1, as `Math.random`. */
export type Random = () => number;

/** Mulberry32: small, even enough, and the same everywhere for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const chance = (random: Random, probability: number): boolean => random() < probability;

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

const whole = (random: Random, min: number, max: number): number => min + Math.floor(random() * (max - min + 1));

/** One of them fits nearly every pattern of the API. */
const texts = [
  'en',
  'pt-BR',
  'US',
  'bakery',
  '+12025550123',
  '12025550123',
  '123456',
  '12w#',
  '2026-02-28',
  '2026-02-28T12:00:00Z',
  'sip:desk@example.com',
  'sip.example.com',
  'ada@example.com',
  'https://example.com/hook',
  '192.0.2.1',
  'alice',
  'e164',
  '00000000-0000-4000-8000-000000000000',
];

const formats: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'ada@example.com',
  uri: 'https://example.com/hook',
  date: '2026-02-28',
  'date-time': '2026-02-28T12:00:00Z',
};

/** What clients should not send, but do. */
const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  '',
  ' ',
  '\0',
  '\ud800',
  '🧀'.repeat(300),
  'x'.repeat(30_000),
  "'; drop table calls; --",
  '%00',
  '+',
  '٣١٤',
  [],
  [[[[]]]],
  [null],
  {},
  { id: {} },
  { toString: 'x' },
];

export interface ValueMaker {
  /** A value that fits, as far as the schema tells. */
  fitting(schema: ValueSchema): unknown;
  /** A value in which parts do not fit. */
  odd(schema: ValueSchema): unknown;
}

export function createValueMaker(
  random: Random,
  schemas: Readonly<Record<string, ValueSchema>>,
  /** Ids and the like that exist, put in where a UUID fits. */
  known: () => readonly string[],
): ValueMaker {
  function make(schema: ValueSchema, oddity: number): unknown {
    if (chance(random, oddity)) return pick(random, oddValues);
    if (schema.$ref !== undefined) return make(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, oddity);
    if ('const' in schema) return schema.const;
    if (schema.enum) return pick(random, schema.enum);
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives) return make(pick(random, alternatives), oddity);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => make(one, oddity)));
    const type =
      typeof schema.type === 'string' ? schema.type : pick(random, schema.type ?? ['null', 'string', 'object']);
    return makeTyped(type, schema, oddity);
  }

  function makeTyped(type: string, schema: ValueSchema, oddity: number): unknown {
    if (type === 'null') return null;
    if (type === 'boolean') return chance(random, 0.5);
    if (type === 'integer') return whole(random, schema.minimum ?? 0, Math.min(schema.maximum ?? 1000, 2 ** 31 - 1));
    if (type === 'number')
      return (schema.minimum ?? 0.5) + random() * ((schema.maximum ?? 10) - (schema.minimum ?? 0.5));
    if (type === 'string') return text(schema);
    if (type === 'array') {
      const least = schema.minItems ?? 0;
      const length = whole(random, least, Math.min(schema.maxItems ?? 3, least + 3));
      return Array.from({ length }, () => make(schema.items ?? {}, oddity));
    }
    const fields = Object.entries(schema.properties ?? {}).filter(
      ([name]) => schema.required?.includes(name) || chance(random, 0.4),
    );
    return Object.fromEntries(fields.map(([name, property]) => [name, make(property, oddity)]));
  }

  function text(schema: ValueSchema): string {
    if (schema.format === 'uuid' && known().length > 0 && chance(random, 0.7)) return pick(random, known());
    if (schema.format !== undefined) return formats[schema.format] ?? '';
    const { pattern, minLength = 0, maxLength = 40 } = schema;
    const matching = texts.filter(
      (one) => one.length >= minLength && one.length <= maxLength && (!pattern || new RegExp(pattern, 'i').test(one)),
    );
    if (matching.length > 0) return pick(random, matching);
    return 'correct horse battery staple '
      .repeat(10)
      .slice(0, whole(random, minLength, Math.max(minLength, maxLength)));
  }

  return { fitting: (schema) => make(schema, 0), odd: (schema) => make(schema, 0.2) };
}
