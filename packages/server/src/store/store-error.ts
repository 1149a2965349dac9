/** Errors of the store, each with its verdict: a stable code, whose fault it is, cause and next step in the message. */

export type StoreErrorCode =
  | 'database_unreachable'
  | 'database_login_refused'
  | 'database_missing'
  | 'database_url_invalid'
  | 'database_full'
  | 'database_thread_lost'
  | 'database_closed'
  | 'database_damaged'
  | 'migration_failed';

/** Who has to act: `ours` is a fault in the product, `theirs` in the installation, `upstream` in the PostgreSQL server. */
export type StoreErrorClass = 'ours' | 'theirs' | 'upstream' | 'unknown';

const classes: Readonly<Record<StoreErrorCode, StoreErrorClass>> = {
  database_unreachable: 'upstream',
  database_login_refused: 'theirs',
  database_missing: 'theirs',
  database_url_invalid: 'theirs',
  database_full: 'theirs',
  database_thread_lost: 'unknown',
  database_closed: 'ours',
  database_damaged: 'unknown',
  migration_failed: 'ours',
};

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly errorClass: StoreErrorClass;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.errorClass = classes[code];
  }
}

/**
 * The code, and for constraint violations the constraint's name, that PostgreSQL (SQLSTATE) or the system (`ENOSPC`)
 * gave. Drizzle wraps driver errors, so the whole chain of causes is read.
 */
export function databaseFault(error: unknown): { readonly code: string; readonly constraint: string | null } | null {
  for (const one of causes(error)) {
    if (one instanceof StoreError || !('code' in one) || typeof one.code !== 'string') continue;
    return {
      code: one.code,
      constraint: 'constraint' in one && typeof one.constraint === 'string' ? one.constraint : null,
    };
  }
  return null;
}

/** True when `error` is a violation of the unique constraint `constraint` (SQLSTATE 23505). */
export function violatesUnique(error: unknown, constraint: string): boolean {
  const fault = databaseFault(error);
  return fault?.code === '23505' && fault.constraint === constraint;
}

/** Codes that say the same thing from Node's sockets and from PostgreSQL (appendix A of its manual). */
const verdicts: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/^(53100|ENOSPC|EDQUOT)$/, 'database_full'],
  [/^(28P01|28000)$/, 'database_login_refused'],
  [/^3D000$/, 'database_missing'],
  [/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)$/, 'database_unreachable'],
  [/^(08...|57P01|57P02|57P03|53300)$/, 'database_unreachable'],
];

/** The PostgreSQL driver gives these no code. */
const uncoded: readonly (readonly [RegExp, StoreErrorCode])[] = [
  [/^timeout exceeded when trying to connect|^Connection terminated|connection timeout$/, 'database_unreachable'],
  [/^Cannot use a pool after calling end/, 'database_closed'],
];

/** What to tell people about each verdict; `{where}` becomes the database's address or directory. */
const sentences: Readonly<Partial<Record<StoreErrorCode, string>>> = {
  database_full:
    'The disk of the database ({where}) is full. Free some space or give it more, then start again; nothing acknowledged is lost.',
  database_login_refused:
    'PostgreSQL at {where} refused the user name or password. Correct them in DATABASE_URL (or the file DATABASE_URL_FILE names).',
  database_missing: 'PostgreSQL at {where} has no such database. Create it, or correct its name in DATABASE_URL.',
  database_unreachable:
    'PostgreSQL at {where} cannot be reached. Check that it runs, accepts connections from here, and that DATABASE_URL names its host and port.',
  database_closed: 'The database is closed; the server is stopping.',
};

/**
 * Turns a driver's error into a StoreError when its code tells why the database as a whole is not usable; null for
 * errors of one statement.
 * @param where host and database without credentials, or the data directory.
 */
export function storeErrorOf(error: unknown, where: string): StoreError | null {
  const chain = causes(error);
  const known = chain.find((one) => one instanceof StoreError);
  if (known) return known;
  const code = databaseFault(error)?.code ?? '';
  // Outer messages quote statements and values; only the driver's own says what happened.
  const message = chain.at(-1)?.message ?? '';
  const verdict =
    verdicts.find(([pattern]) => pattern.test(code))?.[1] ?? uncoded.find(([pattern]) => pattern.test(message))?.[1];
  const sentence = verdict && sentences[verdict];
  return verdict && sentence ? new StoreError(verdict, sentence.replace('{where}', where), error) : null;
}

/** The error and its causes, outermost first. */
function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  // A bound, since a cause may name its own effect.
  for (let one: unknown = error; one instanceof Error && chain.length < 8; one = one.cause) chain.push(one);
  return chain;
}
