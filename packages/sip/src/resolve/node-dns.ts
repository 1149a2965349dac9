import { lookup, Resolver } from 'node:dns/promises';
import { systemError } from '../transport/transport-error.ts';
import type { DnsAnswer, DnsClient } from './dns.ts';

/** A caller waits for the answer: two tries of a second, then what is known without it has to do. */
const TRY_MS = 1_000;
const TRIES = 2;

/** What resolvers say when a name, or this kind of record of it, does not exist. */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA']);

/** DNS through the system's servers; addresses also from its hosts file. */
export function nodeDns(resolver: Resolver = new Resolver({ timeout: TRY_MS, tries: TRIES })): DnsClient {
  return {
    naptr: async (name) => ({ records: await orNone(resolver.resolveNaptr(name)) }),
    srv: async (name) => ({ records: await orNone(resolver.resolveSrv(name)) }),
    async addresses(name, family) {
      // RFC 6761 6.3: these never leave the machine.
      if (name === 'localhost' || name.endsWith('.localhost')) return systemAddresses(name, family);
      const found = await orNone(
        family === 4 ? resolver.resolve4(name, { ttl: true }) : resolver.resolve6(name, { ttl: true }),
      ).catch((error: unknown) => systemAddresses(name, family, error));
      if (!Array.isArray(found)) return found;
      // Names of a container network or of /etc/hosts are not in DNS.
      if (found.length === 0) return systemAddresses(name, family);
      const ttl = Math.min(...found.map((record) => record.ttl));
      return { records: found.map(({ address }) => address), ttlMs: ttl * 1000 };
    },
  };
}

async function orNone<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer;
  } catch (error) {
    if (ABSENT.has(systemError(error).code ?? '')) return [];
    throw error;
  }
}

/** What the system knows, or the failure of DNS when it knows nothing. */
async function systemAddresses(name: string, family: 4 | 6, failure?: unknown): Promise<DnsAnswer<string>> {
  try {
    const found = await lookup(name, { family, all: true });
    return { records: found.map(({ address }) => address) };
  } catch {
    if (failure !== undefined) throw failure;
    return { records: [] };
  }
}
