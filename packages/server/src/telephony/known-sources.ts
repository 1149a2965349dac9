/**
 * Who may call without a password, and from where passwords count: addresses and certificates on trunks' lists, trunks'
 * rules of authentication, and providers of hosted numbers.
 */
import { X509Certificate } from 'node:crypto';
import { possiblyDialled } from '@dialplane/calls';
import { AddressTable, type Flow, type SipRequest, type SourcePolicy, type SourceVerdict } from '@dialplane/sip';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import { type ProviderName, providerNames } from '../hosted-numbers/provider.ts';
import { networksOf } from '../hosted-numbers/signalling-networks.ts';
import { errorEntry } from '../log.ts';
import type { Database } from '../store/database.ts';
import { inboundTrunks, organisations, phoneNumbers } from '../store/schema.ts';

/** A changed list is in force after this long at most; the lists of all trunks are read in one query. */
const refreshMs = 5000;

export interface KnownSourcesOptions {
  readonly db: Database;
  readonly log: Logger;
  /** Networks of providers that the operator has set in place of the published ones. */
  readonly providerNetworks?: Readonly<Partial<Record<ProviderName, readonly string[]>>>;
}

export interface KnownSources extends SourcePolicy {
  /** Reads the lists again. Rejects when the store does; the former lists stay in force. */
  refresh(): Promise<void>;
  close(): void;
}

/** A trunk, as far as its lists matter. */
interface ListedTrunk {
  readonly id: string;
  /** ISO 3166 alpha-2 that national numbers are read in. */
  readonly country: string;
}

/** A trunk whose password does not do everywhere. */
interface Restriction {
  readonly takesPassword: boolean;
  readonly addresses: AddressTable<true>;
  readonly fingerprint: string | undefined;
}

interface Lists {
  /** Whom the guard never silences. */
  readonly listed: AddressTable<true>;
  /** Of trunks that ask those on their list for no password. */
  readonly trunks: AddressTable<ListedTrunk>;
  readonly byFingerprint: ReadonlyMap<string, readonly ListedTrunk[]>;
  /** By trunk. */
  readonly restrictions: ReadonlyMap<string, Restriction>;
}

/** Rejects when the store cannot be read. */
export async function openKnownSources(options: KnownSourcesOptions): Promise<KnownSources> {
  const { db, log, providerNetworks = {} } = options;
  const providers = new AddressTable<ProviderName>();
  for (const provider of providerNames) {
    for (const network of networksOf(provider, providerNetworks)) providers.add(network, provider);
  }
  let lists = await readLists(db);
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.error(errorEntry(error), 'the lists of trunks could not be read'));
  }, refreshMs);
  timer.unref();

  async function refresh(): Promise<void> {
    lists = await readLists(db);
  }

  return {
    isListed: (address) => lists.listed.has(address) || providers.has(address),

    whyNotByPassword(trunkId, source) {
      const restriction = lists.restrictions.get(trunkId);
      return restriction && whyNot(restriction, source);
    },

    identify(request, source) {
      const fingerprint = source.peerCertificate?.fingerprint;
      const shown = fingerprint === undefined ? [] : (lists.byFingerprint.get(fingerprint) ?? []);
      const [only] = shown;
      if (only && shown.length === 1) return { kind: 'known', owner: only.id, style: 'certificate' };
      const trunks = shown.length > 0 ? shown : lists.trunks.find(source.remoteAddress);
      const senders = providers.find(source.remoteAddress);
      if (trunks.length === 0 && senders.length === 0) return undefined;
      return byNumber(db, request, { trunks, providers: senders, style: shown.length > 0 ? 'certificate' : 'ip' });
    },

    refresh,
    close: () => clearInterval(timer),
  };
}

interface Candidates {
  readonly trunks: readonly ListedTrunk[];
  readonly providers: readonly ProviderName[];
  readonly style: 'ip' | 'certificate';
}

/** Several organisations may list one carrier's address: the dialled number decides whose the call is. */
async function byNumber(db: Database, request: SipRequest, candidates: Candidates): Promise<SourceVerdict> {
  const countries = new Set(candidates.trunks.map(({ country }) => country));
  // Providers dial E.164 with or without a plus, which every country's reading understands.
  if (candidates.providers.length > 0) countries.add('US');
  const dialled = [...new Set([...countries].flatMap((country) => possiblyDialled(request, country)))];
  const owners = dialled.length === 0 ? [] : await ownersOf(db, dialled);
  for (const number of dialled) {
    const owner = owners.find((one) => one.number === number);
    if (!owner) continue;
    const isHosted = owner.provider !== null && candidates.providers.includes(owner.provider);
    if (isHosted || candidates.trunks.some(({ id }) => id === owner.trunkId)) {
      return { kind: 'known', owner: owner.trunkId, style: candidates.style };
    }
  }
  const called = request.uri.user ?? 'the dialled number';
  return { kind: 'ambiguous', reason: `${called} is no verified number of an organisation that lists this source` };
}

async function ownersOf(db: Database, numbers: readonly string[]) {
  return db
    .select({ number: phoneNumbers.phoneNumber, provider: phoneNumbers.provider, trunkId: inboundTrunks.id })
    .from(phoneNumbers)
    .innerJoin(inboundTrunks, eq(inboundTrunks.orgId, phoneNumbers.orgId))
    .where(and(inArray(phoneNumbers.phoneNumber, [...numbers]), eq(phoneNumbers.state, 'verified')));
}

function whyNot({ takesPassword, addresses, fingerprint }: Restriction, source: Flow): string | undefined {
  if (!takesPassword) return 'this trunk knows its PBX by its source and takes no password';
  if (addresses.has(source.remoteAddress)) return undefined;
  if (fingerprint !== undefined && source.peerCertificate?.fingerprint === fingerprint) return undefined;
  return `this trunk takes its password from the sources on its list only, and ${source.remoteAddress} is not on it`;
}

async function readLists(db: Database): Promise<Lists> {
  const rows = await db
    .select({
      id: inboundTrunks.id,
      country: sql<string>`coalesce(${inboundTrunks.country}, ${organisations.country})`,
      authentication: inboundTrunks.authentication,
      allowedIps: inboundTrunks.allowedIps,
      clientCertificate: inboundTrunks.clientCertificate,
    })
    .from(inboundTrunks)
    .innerJoin(organisations, eq(organisations.id, inboundTrunks.orgId))
    .where(sql`cardinality(${inboundTrunks.allowedIps}) > 0 or ${inboundTrunks.clientCertificate} is not null`);
  const listed = new AddressTable<true>();
  const trunks = new AddressTable<ListedTrunk>();
  const byFingerprint = new Map<string, ListedTrunk[]>();
  const restrictions = new Map<string, Restriction>();
  for (const { id, country, authentication, allowedIps, clientCertificate } of rows) {
    const trunk = { id, country };
    const addresses = new AddressTable<true>();
    const fingerprint = clientCertificate === null ? undefined : fingerprintOf(clientCertificate);
    const lettingIn = authentication === 'either' || authentication === 'source';
    for (const range of allowedIps) {
      listed.add(range, true);
      addresses.add(range, true);
      if (lettingIn) trunks.add(range, trunk);
    }
    if (fingerprint !== undefined && lettingIn) {
      byFingerprint.set(fingerprint, [...(byFingerprint.get(fingerprint) ?? []), trunk]);
    }
    if (authentication === 'source' || authentication === 'both') {
      restrictions.set(id, { takesPassword: authentication === 'both', addresses, fingerprint });
    }
  }
  return { listed, trunks, byFingerprint, restrictions };
}

/** SHA-256 as TLS peers' certificates are told by; undefined for a text that is no certificate. */
function fingerprintOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
}
