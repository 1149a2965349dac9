import { createHash } from 'node:crypto';
import type { Vocabulary } from '@dialplane/speech';
import { isCommonWord } from '../answerer/common-words.ts';
import { fieldOf } from '../answerer/corpus.ts';
import { membersOfGroup } from '../answerer/thesaurus.ts';
import { isFunctionWord } from '../answerer/words.ts';
import type { Database } from '../store/database.ts';
import { splitSentences } from './sentences.ts';
import { type KnowingAgent, usablePassages } from './usable-passages.ts';

/** Everyday words are expected anyway, and more of them would only make the telling ones less likely. */
const isTelling = (words: readonly string[]): boolean =>
  words.every((word) => !isFunctionWord(word) && !isCommonWord(word));

/**
 * What an agent's callers are likely to say: the sentences it may speak, its titles, and the other words the answerer
 * understands for the same subjects ("voucher" for "gift card"), so that the recogniser can hear them.
 */
export async function vocabularyOf(db: Database, agent: KnowingAgent): Promise<Vocabulary> {
  const sentences = new Set<string>();
  for (const { title, text } of await usablePassages(db, agent)) {
    if (title !== '') sentences.add(title);
    for (const sentence of splitSentences(text)) sentences.add(sentence);
    for (const group of fieldOf(`${title}. ${text}`).groups)
      for (const member of membersOfGroup(group)) if (isTelling(member)) sentences.add(member.join(' '));
  }
  const list = [...sentences];
  return { id: createHash('sha256').update(list.join('\n')).digest('hex'), sentences: list };
}
