import { join } from 'node:path';
import type { Logger } from 'pino';
import { createApiKey, ensureInstanceAdmin, hasApiKey, identify, makeApiKey } from './api-keys.ts';
import { ensureOrganisation, type Organisation } from './organisations.ts';
import { writeOwnerOnlyFile } from './owner-only-file.ts';
import type { Database } from './store/database.ts';

export interface SeedOptions {
  readonly initApiKey: string | undefined;
  readonly dataDir: string;
  readonly log: Logger;
}

/** INIT_API_KEY cannot be given to the organisation it is meant for. */
class SeedError extends Error {
  readonly code = 'init_api_key_taken';
  readonly errorClass = 'theirs';
}

/** Shorter keys than ours are accepted, but said to be weak below half of its 256 bits. */
const strongKeyLength = 22;

/**
 * Makes what a server needs to be usable: the organisation `default` with a full-access API key, the configured one or
 * one made once and written to `dataDir`/api-key. Its first key administers the instance. Does nothing the second time.
 * @throws {SeedError} when INIT_API_KEY is a key of another organisation.
 */
export async function seedDefaultOrganisation(db: Database, options: SeedOptions): Promise<Organisation> {
  const { initApiKey, dataDir, log } = options;
  const organisation = await ensureOrganisation(db, 'default', 'Default');
  if (initApiKey) {
    const owner = await identify(db, initApiKey);
    if (owner && owner.orgId !== organisation.id) {
      throw new SeedError('INIT_API_KEY is already a key of another organisation. Choose another one.');
    }
    if (initApiKey.length < strongKeyLength) {
      log.warn('INIT_API_KEY is short and may be guessed; use 32 random characters or more');
    }
    if (!owner) await createApiKey(db, organisation.id, { name: 'INIT_API_KEY', scopes: null, key: initApiKey });
  } else if (!(await hasApiKey(db, organisation.id))) {
    // The file first: after a crash in between the key is made again, while a stored key without its file is lost.
    const path = join(dataDir, 'api-key');
    const key = makeApiKey();
    writeOwnerOnlyFile(path, `${key}\n`, 'replace');
    await createApiKey(db, organisation.id, { name: 'First start', scopes: null, key });
    log.info({ path }, 'made an API key for the organisation "default"');
  }
  await ensureInstanceAdmin(db, organisation.id);
  return organisation;
}
