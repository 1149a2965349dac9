import { createHash } from 'node:crypto';
import type { Vocabulary } from '@dialplane/speech';
import type { Database } from '../store/database.ts';
import { splitSentences } from './sentences.ts';
import { type KnowingAgent, usablePassages } from './usable-passages.ts';

/** The sentences an agent may speak, and its titles: what its callers' words will resemble. */
export async function vocabularyOf(db: Database, agent: KnowingAgent): Promise<Vocabulary> {
  const sentences = new Set<string>();
  for (const { title, text } of await usablePassages(db, agent)) {
    if (title !== '') sentences.add(title);
    for (const sentence of splitSentences(text)) sentences.add(sentence);
  }
  const list = [...sentences];
  return { id: createHash('sha256').update(list.join('\n')).digest('hex'), sentences: list };
}
