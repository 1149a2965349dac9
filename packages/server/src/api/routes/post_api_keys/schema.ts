import { z } from 'zod';
import { scopes } from '../../../api-keys.ts';
import { apiKeySchema } from '../../api-key.ts';
import { filledText, moment } from '../../wire.ts';

const body = z
  .object({
    name: filledText(255),
    /** Every scope but `instance:admin`. */
    full_access: z.boolean().default(false),
    scopes: z.array(z.enum(scopes)).max(100).default([]),
    expires_at: moment.nullish(),
  })
  .refine(({ full_access, scopes: wanted }) => full_access || wanted.length > 0, {
    path: ['scopes'],
    message: 'must name a scope, or full_access must be true',
  });

/** `key` is the whole key, shown this once. */
export const postApiKeysSchema = { body, response: { 200: apiKeySchema.extend({ key: z.string() }) } };
