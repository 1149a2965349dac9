import { z } from 'zod';
import type { ManagedKey } from '../managed-keys.ts';

/** An API key as the API answers with it: everything but the key. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** To tell keys apart. */
  last_four: z.string(),
  /** Every scope but `instance:admin`. */
  full_access: z.boolean(),
  /** What the key may do; with full access, only what it may do beside that. */
  scopes: z.array(z.string()),
  expires_at: z.string().nullable(),
  /** To the minute. */
  last_used_at: z.string().nullable(),
  created_at: z.string(),
});

export function apiKeyOnWire(key: ManagedKey): z.output<typeof apiKeySchema> {
  return {
    id: key.id,
    name: key.name,
    last_four: key.lastFour,
    full_access: key.scopes === null,
    scopes: [...(key.scopes ?? (key.instanceAdmin ? ['instance:admin'] : []))],
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    created_at: key.createdAt.toISOString(),
  };
}
