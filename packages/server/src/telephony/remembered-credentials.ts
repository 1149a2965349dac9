import type { CallDirectory } from '@dialplane/calls';

type Credential = Awaited<ReturnType<CallDirectory['findCredential']>>;

/** The store answers within a few milliseconds. Once it takes this long it is behind with its writing, and carriers wait. */
const patienceMs = 1000;

/** A password that was changed while the store is that slow is good for this much longer at most. */
const rememberedMs = 60_000;

/** More trunks than call at once on one node; the oldest are forgotten. */
const mostRemembered = 1000;

/**
 * Credentials from the store, and while it is slow from memory: a burst of calls must not be turned away because what is
 * written about the calls before them holds up the reading. An unknown name and a failing store are never remembered.
 */
export function rememberCredentials(
  read: (username: string) => Promise<Credential>,
): (username: string) => Promise<Credential> {
  const remembered = new Map<string, { readonly credential: Credential; readonly untilMs: number }>();

  async function readAnew(username: string): Promise<Credential> {
    const credential = await read(username);
    remembered.delete(username);
    if (credential) remembered.set(username, { credential, untilMs: performance.now() + rememberedMs });
    const oldest = remembered.keys().next();
    if (remembered.size > mostRemembered && !oldest.done) remembered.delete(oldest.value);
    return credential;
  }

  return (username) => {
    const fresh = readAnew(username);
    const known = remembered.get(username);
    if (!known || known.untilMs < performance.now()) return fresh;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(known.credential), patienceMs);
      fresh.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  };
}
