/** The demo organisation: a small fictional business that can be called right after the first start. */
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { createAgent, listAgents } from '../agents.ts';
import { createApiKey, identify } from '../api-keys.ts';
import type { Config } from '../config/config.ts';
import { saveArticle } from '../knowledge/articles.ts';
import { ensureOrganisation } from '../organisations.ts';
import { readOwnerOnlyFile, writeOwnerOnlyFile } from '../owner-only-file.ts';
import type { Secrets } from '../secrets.ts';
import type { Database } from '../store/database.ts';
import { knowledge } from '../store/schema.ts';
import { createTrunk, findTrunk } from '../trunks.ts';
import { bakery } from './bakery.ts';

/** From the range 555-0100 to 555-0199, which is set aside for fiction. */
export const demoNumber = '+12025550100';

export interface DemoOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly config: Pick<Config, 'dataDir' | 'host'>;
  /** Ports really listened on. */
  readonly sipPort: number;
  readonly httpPort: number;
}

export interface Demo {
  readonly orgId: string;
  readonly agentId: string;
}

/**
 * Makes the demo organisation unless it is there, and writes `dataDir`/demo-trunk.json (mode 0600) with what a simulated
 * caller needs: `{ sip, username, password, number, api, api_key }`. What the operator changed since is left alone.
 * @throws {Refusal} `phone_number_taken` when another organisation owns the demo number.
 */
export async function createDemo({ db, secrets, config, sipPort, httpPort }: DemoOptions): Promise<Demo> {
  const { id: orgId } = await ensureOrganisation(db, bakery.organisation.slug, bakery.organisation.name);
  const [known] = await listAgents(db, orgId);
  const agentId = known?.id ?? (await createFrontDesk(db, orgId));
  const trunk =
    (await findTrunk(db, secrets, orgId)) ??
    (await createTrunk(db, secrets, orgId, { phoneNumbers: [demoNumber], attested: true }));

  const path = join(config.dataDir, 'demo-trunk.json');
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const content = {
    sip: `${host}:${sipPort}`,
    username: trunk.authUsername,
    password: trunk.authPassword,
    number: trunk.phoneNumbers[0] ?? demoNumber,
    api: `http://${host}:${httpPort}`,
    api_key: await demoKey(db, orgId, readOwnerOnlyFile(path)),
  };
  writeOwnerOnlyFile(path, `${JSON.stringify(content, null, 2)}\n`, 'replace');
  return { orgId, agentId };
}

/** The agent comes after the articles: a start that was killed in between makes the missing ones next time. */
async function createFrontDesk(db: Database, orgId: string): Promise<string> {
  const there = await db.select({ title: knowledge.title }).from(knowledge).where(eq(knowledge.orgId, orgId));
  const titles = new Set(there.map(({ title }) => title));
  // One after the other, so that their times of creation keep the order a keypad menu offers them in.
  for (const article of bakery.articles) if (!titles.has(article.title)) await saveArticle(db, orgId, article);
  const { id } = await createAgent(db, orgId, {
    name: bakery.agent.name,
    type: 'inbound',
    language: 'en',
    voice_id: bakery.agent.voice,
    first_message: bakery.agent.firstMessage,
    use_org_knowledgebase: true,
  });
  return id;
}

/** Keys are stored hashed, so only the file still has the one made earlier. */
async function demoKey(db: Database, orgId: string, file: string | null): Promise<string> {
  const key = keyIn(file);
  if (key !== undefined && (await identify(db, key))?.orgId === orgId) return key;
  return createApiKey(db, orgId, { name: 'Demo', scopes: null });
}

function keyIn(file: string | null): string | undefined {
  if (file === null) return undefined;
  try {
    const content: unknown = JSON.parse(file);
    if (typeof content !== 'object' || content === null || !('api_key' in content)) return undefined;
    return typeof content.api_key === 'string' ? content.api_key : undefined;
  } catch {
    // A file cut off by a crash is written anew.
    return undefined;
  }
}
