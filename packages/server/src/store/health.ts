import type { StoreHealth } from './database.ts';
import { StoreError, storeErrorOf } from './store-error.ts';

/** A database that needs longer for `select 1` serves nobody; load balancers commonly wait 5 s for an answer. */
const healthLimitMs = 2000;

/** @param where the database's address without credentials, or its directory. */
export async function healthOf(ping: () => Promise<unknown>, where: string): Promise<StoreHealth> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StoreError('database_unreachable', `The database at ${where} has not answered for 2 s.`)),
      healthLimitMs,
    );
  });
  try {
    await Promise.race([ping(), limit]);
    return { ok: true };
  } catch (error) {
    const verdict = storeErrorOf(error, where);
    if (verdict) return { ok: false, code: verdict.code, message: verdict.message };
    return { ok: false, code: 'unknown', message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
