import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Database } from './store/database.ts';
import { apiKeys } from './store/schema.ts';

/**
 * Every scope a route of this server asks for; `read` is for what changes nothing, `write` for everything else.
 * `instance:admin` reaches across organisations, so full access to one of them does not hold it.
 */
export const scopes = [
  'phone:read',
  'phone:write',
  'sip:read',
  'sip:write',
  'chat-sessions:read',
  'chat-sessions:write',
  'contacts:read',
  'contacts:write',
  'org:read',
  'org:write',
  'instance:admin',
] as const;
export type Scope = (typeof scopes)[number];

export interface NewApiKey {
  /** For people, to tell keys apart. */
  readonly name: string;
  /** Null: full access. */
  readonly scopes: readonly Scope[] | null;
  /** A key chosen by the operator; made here when absent. */
  readonly key?: string;
}

/** Who a request acts for. */
export interface Identity {
  readonly orgId: string;
  readonly keyId: string;
  /** Null: full access. */
  readonly scopes: readonly string[] | null;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 32 random bytes need this many digits to the base 62: 43 * log2(62) = 256.03 bits. */
const keyDigits = 43;

export function makeApiKey(): string {
  let rest = BigInt(`0x${randomBytes(32).toString('hex')}`);
  let digits = '';
  for (let i = 0; i < keyDigits; i += 1) {
    digits = alphabet.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return `ocx_live_${digits}`;
}

/**
 * @returns the whole key, which is nowhere kept and cannot be shown again.
 */
export async function createApiKey(db: Database, orgId: string, options: NewApiKey): Promise<string> {
  const key = options.key ?? makeApiKey();
  await db
    .insert(apiKeys)
    .values({
      orgId,
      name: options.name,
      hash: hashOf(key).toString('hex'),
      lastFour: key.slice(-4),
      scopes: options.scopes ? [...options.scopes] : null,
    })
    // Two servers that start at once on one database both bring the operator's key.
    .onConflictDoNothing({ target: apiKeys.hash });
  return key;
}

/** True when the organisation has any key. */
export async function hasApiKey(db: Database, orgId: string): Promise<boolean> {
  return (await db.$count(apiKeys, eq(apiKeys.orgId, orgId))) > 0;
}

/** Whose key this is; undefined for none. */
export async function identify(db: Database, key: string): Promise<Identity | undefined> {
  const hash = hashOf(key);
  const [row] = await db
    .select({ keyId: apiKeys.id, orgId: apiKeys.orgId, scopes: apiKeys.scopes, hash: apiKeys.hash })
    .from(apiKeys)
    .where(eq(apiKeys.hash, hash.toString('hex')));
  // The index finds by hash, so timing tells nothing about keys; the comparison costs nothing and keeps it so.
  if (!row || !timingSafeEqual(Buffer.from(row.hash, 'hex'), hash)) return undefined;
  return { orgId: row.orgId, keyId: row.keyId, scopes: row.scopes };
}

export function allows(identity: Identity, scope: Scope): boolean {
  return identity.scopes === null || identity.scopes.includes(scope);
}

/** Keys are random, so a fast hash is enough: 256 bits cannot be guessed. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
