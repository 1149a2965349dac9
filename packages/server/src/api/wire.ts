import { z } from 'zod';

/** PostgreSQL keeps no NUL in texts, and neither NUL nor halves of surrogate pairs in JSON. */
export const isStorable = (value: string): boolean => !value.includes('\0') && value.isWellFormed();
export const notStorable = 'must not hold NUL characters or halves of surrogate pairs';

/** Text that people wrote. An endless one is an attack. */
export const text = (max: number) => z.string().max(max).refine(isStorable, notStorable);

/** Text that says something. */
export const filledText = (max: number) => text(max).trim().min(1);

/** Deeper than any flow somebody drew, and far from where whoever walks through it runs out of stack. */
const deepestJson = 100;

/** JSON that is kept as it is. */
export const storableJson = z
  .unknown()
  .refine(
    (value) => isStorableJson(value, deepestJson),
    `${notStorable}, nor more than ${deepestJson} levels of lists and objects`,
  );

function isStorableJson(value: unknown, levels: number): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.entries(value).every(([key, part]) => isStorable(key) && isStorableJson(part, levels - 1));
}

/** A page's length; 50 items of history or sessions are about 30 kB. */
export const pageLimit = z.coerce.number().int().min(1).max(100).default(50);

export const pageCursor = z.string().max(500).optional();

/** An ISO 8601 date or time in a query; without an offset it is UTC. */
export const moment = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((value) => new Date(/(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`));

/** ISO 3166 alpha-2. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as US');
