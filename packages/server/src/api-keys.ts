import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
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

/** Stands for every scope but `instance:admin` in a key that has further ones. */
const everyScope = '*';

export interface NewApiKey {
  /** For people, to tell keys apart. */
  readonly name: string;
  /** Null: full access to the organisation. */
  readonly scopes: readonly string[] | null;
  readonly expiresAt?: Date | null;
  /** A key chosen by the operator; made here when absent. */
  readonly key?: string;
}

/** Who a request acts for. */
export interface Identity {
  readonly orgId: string;
  readonly keyId: string;
  /** Null: full access to the organisation. */
  readonly scopes: readonly string[] | null;
  /** May also do what reaches across organisations. */
  readonly instanceAdmin: boolean;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** What a key may do, as the product reads it. */
export interface Grant {
  readonly scopes: readonly string[] | null;
  readonly instanceAdmin: boolean;
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
    .values(keyRow(orgId, key, options))
    // Two servers that start at once on one database both bring the operator's key.
    .onConflictDoNothing({ target: apiKeys.hash });
  return key;
}

/** What the database keeps of a key. */
export function keyRow(orgId: string, key: string, { name, scopes: granted, expiresAt = null }: NewApiKey) {
  return {
    orgId,
    name,
    hash: hashOf(key).toString('hex'),
    lastFour: key.slice(-4),
    scopes: granted ? [...granted] : null,
    expiresAt,
  };
}

/**
 * Gives `instance:admin` to the organisation's first key, unless one of its keys has it: whoever set up the instance
 * administers it.
 */
export async function ensureInstanceAdmin(db: Database, orgId: string): Promise<void> {
  const keys = await db.select().from(apiKeys).where(eq(apiKeys.orgId, orgId)).orderBy(asc(apiKeys.createdAt));
  const [first] = keys;
  if (!first || keys.some((key) => readGrant(key.scopes).instanceAdmin)) return;
  const stored = writeGrant({ ...readGrant(first.scopes), instanceAdmin: true });
  await db.update(apiKeys).set({ scopes: stored }).where(eq(apiKeys.id, first.id));
}

/** True when the organisation has any key. */
export async function hasApiKey(db: Database, orgId: string): Promise<boolean> {
  return (await db.$count(apiKeys, eq(apiKeys.orgId, orgId))) > 0;
}

/** Whose key this is, expired or not; undefined for none. */
export async function identify(db: Database, key: string): Promise<Identity | undefined> {
  const hash = hashOf(key);
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.hash, hash.toString('hex')));
  // The index finds by hash, so timing tells nothing about keys; the comparison costs nothing and keeps it so.
  if (!row || !timingSafeEqual(Buffer.from(row.hash, 'hex'), hash)) return undefined;
  const { id, orgId, expiresAt, lastUsedAt } = row;
  return { orgId, keyId: id, ...readGrant(row.scopes), expiresAt, lastUsedAt };
}

export function allows(grant: Grant, scope: string): boolean {
  if (scope === 'instance:admin') return grant.instanceAdmin;
  return grant.scopes === null || grant.scopes.includes(scope);
}

/** The other way round of {@link writeGrant}. */
export function readGrant(stored: readonly string[] | null): Grant {
  const instanceAdmin = stored?.includes('instance:admin') ?? false;
  return { scopes: stored?.includes(everyScope) ? null : stored, instanceAdmin };
}

/** As the column `scopes` holds it. */
export function writeGrant({ scopes: granted, instanceAdmin }: Grant): string[] | null {
  if (granted !== null) return [...new Set([...granted, ...(instanceAdmin ? ['instance:admin'] : [])])];
  return instanceAdmin ? [everyScope, 'instance:admin'] : null;
}

/** Keys are random, so a fast hash is enough: 256 bits cannot be guessed. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
