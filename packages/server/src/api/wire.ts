import { z } from 'zod';

/** Text that people wrote. PostgreSQL cannot hold NUL, and an endless text is an attack. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\0'), 'must not hold NUL characters');

/** Text that says something. */
export const filledText = (max: number) => text(max).trim().min(1);

/** A page's length; 50 items of history or sessions are about 30 kB. */
export const pageLimit = z.coerce.number().int().min(1).max(100).default(50);

export const pageCursor = z.string().max(500).optional();

/** An ISO 8601 date or time in a query; without an offset it is UTC. */
export const moment = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], 'must be an ISO 8601 date or time')
  .transform((value) => new Date(/(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`));

/** ISO 3166 alpha-2. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as US');
