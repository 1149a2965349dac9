import { and, eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { knowledge, passages } from '../store/schema.ts';
import { instructionPassages } from './instructions.ts';
import { passagesOf } from './passages.ts';

export interface Article {
  /** Of an existing article, to change it. */
  readonly id?: string;
  readonly title: string;
  /** Plain text or markdown. */
  readonly content: string;
  /** `BEHAVIORAL`: how the agent behaves; only scripted answers and facts in it are spoken. */
  readonly type?: 'BEHAVIORAL' | 'SCENARIO_SPECIFIC';
  readonly isDraft?: boolean;
}

/**
 * Stores an article and the passages it is spoken in, replacing those of an earlier version.
 * @returns its id; undefined when `id` is no article of this organisation.
 */
export async function saveArticle(db: Database, orgId: string, article: Article): Promise<string | undefined> {
  const { title, content, type = 'SCENARIO_SPECIFIC', isDraft = false } = article;
  return db.transaction(async (tx) => {
    const values = { title, content, type, isDraft, updatedAt: new Date() };
    const [saved] =
      article.id === undefined
        ? await tx
            .insert(knowledge)
            .values({ orgId, ...values })
            .returning({ id: knowledge.id })
        : await tx
            .update(knowledge)
            .set(values)
            .where(and(eq(knowledge.id, article.id), eq(knowledge.orgId, orgId)))
            .returning({ id: knowledge.id });
    if (saved === undefined) return undefined;
    await tx.delete(passages).where(eq(passages.knowledgeId, saved.id));
    const spoken =
      type === 'BEHAVIORAL'
        ? instructionPassages(content).map((passage) => ({ ...passage, title: passage.title || title }))
        : passagesOf(content).map((text) => ({ title, text }));
    if (spoken.length > 0)
      await tx
        .insert(passages)
        .values(spoken.map((passage, ordinal) => ({ orgId, knowledgeId: saved.id, ordinal, ...passage })));
    return saved.id;
  });
}
