/** The passages worth ranking, found by PostgreSQL full text. */
import { desc, eq, sql } from 'drizzle-orm';
import { usableBy } from '../knowledge/usable-passages.ts';
import type { Database } from '../store/database.ts';
import { knowledge, passages } from '../store/schema.ts';
import type { AnsweringAgent } from './agent-knowledge.ts';
import type { Corpus, Passage } from './corpus.ts';
import type { HeardTerm } from './hearing.ts';
import { stemOf } from './stem.ts';
import { membersOfGroup } from './thesaurus.ts';
import { isFunctionWord } from './words.ts';

/** More than ten articles' worth; the ranking after it is exact and costs microseconds for each. */
const limit = 60;

/** `tsquery` text: any of the agent's words that were said, may have been said, or mean the same. */
function searchQuery(terms: readonly HeardTerm[], corpus: Corpus): string {
  const alternatives = new Set<string>();
  const add = (words: readonly string[]) => {
    const content = words.filter((word) => /^[a-z0-9]+$/.test(word) && !isFunctionWord(word));
    if (!content.every((word) => corpus.stems.has(stemOf(word)))) return;
    // A phrase must be there whole: "back" alone does not speak of money back.
    if (content.length > 0) alternatives.add(content.length === 1 ? (content[0] ?? '') : `(${content.join(' & ')})`);
  };
  for (const { words, readings } of terms) {
    add(words);
    for (const { stem, groups } of readings) {
      for (const { word } of corpus.knownWords.filter((known) => known.stem === stem)) add([word]);
      for (const group of groups) for (const member of membersOfGroup(group)) add(member);
    }
  }
  return [...alternatives].join(' | ');
}

/** Passages of the subjects that full text finds, in the corpus's order. */
export async function shortlist(
  db: Database,
  agent: AnsweringAgent,
  terms: readonly HeardTerm[],
  corpus: Corpus,
): Promise<Passage[]> {
  const words = searchQuery(terms, corpus);
  if (words === '') return [];
  const query = sql`to_tsquery('english', ${words})`;
  const rows = await db
    .select({ id: passages.id })
    .from(passages)
    .leftJoin(knowledge, eq(knowledge.id, passages.knowledgeId))
    .where(sql`${usableBy(agent)} and ${passages.search} @@ ${query}`)
    .orderBy(desc(sql`ts_rank_cd(${passages.search}, ${query})`), passages.id)
    .limit(limit);
  const topics = new Set(rows.flatMap(({ id }) => corpus.passages.get(id)?.topic ?? []));
  return corpus.topics.filter((topic) => topics.has(topic)).flatMap((topic) => topic.passages);
}
