import { eq } from 'drizzle-orm';
import type { Database } from '../store/database.ts';
import { passages } from '../store/schema.ts';
import { instructionPassages } from './instructions.ts';

/** An instruction that is an article's id refers to the article; anything else is the instruction's own text. */
const articleId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface InstructedAgent {
  readonly id: string;
  readonly orgId: string;
  readonly instructions: readonly string[] | null;
}

export const articleIdsOf = (instructions: readonly string[] | null): string[] =>
  (instructions ?? []).filter((instruction) => articleId.test(instruction)).map((id) => id.toLowerCase());

/** Replaces the passages made from the agent's own instruction texts. Call it whenever its instructions change. */
export async function indexInstructions(db: Database, agent: InstructedAgent): Promise<void> {
  const spoken = (agent.instructions ?? [])
    .filter((instruction) => !articleId.test(instruction))
    .flatMap(instructionPassages);
  await db.transaction(async (tx) => {
    await tx.delete(passages).where(eq(passages.agentId, agent.id));
    if (spoken.length > 0)
      await tx
        .insert(passages)
        .values(spoken.map((passage, ordinal) => ({ orgId: agent.orgId, agentId: agent.id, ordinal, ...passage })));
  });
}
