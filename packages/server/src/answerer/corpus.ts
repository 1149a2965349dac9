/** Everything one agent may speak, analysed once: which words and thesaurus groups each passage and title has. */
import { type Sounds, soundsOf } from './sounds.ts';
import { stemOf } from './stem.ts';
import { groupsOfStem, phraseAt, thesaurusWords } from './thesaurus.ts';
import { isFunctionWord, wordsOf } from './words.ts';

export interface PassageSource {
  readonly id: string;
  readonly knowledgeId: string | null;
  readonly title: string;
  readonly text: string;
}

/** A piece of text as a set of stems and thesaurus groups. */
export interface Field {
  readonly stems: ReadonlySet<string>;
  /** Stems that occur as part of a phrase only: the "card" of "gift card" is half a "card". */
  readonly parts: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

export interface Passage {
  readonly id: string;
  readonly text: string;
  readonly title: string;
  readonly topic: Topic;
  readonly own: Field;
}

/** An article, or one instruction's subject. */
export interface Topic {
  readonly title: string;
  readonly titleField: Field;
  /** All passages together. */
  readonly body: Field;
  readonly passages: readonly Passage[];
}

/** A word that a misheard word may have been. */
export interface KnownWord {
  readonly word: string;
  readonly stem: string;
  readonly sounds: Sounds;
}

export interface Corpus {
  /** Words of the business's own name: every caller may say them, and they say nothing about the subject. */
  readonly ownName: ReadonlySet<string>;
  readonly topics: readonly Topic[];
  readonly passages: ReadonlyMap<string, Passage>;
  readonly knownWords: readonly KnownWord[];
  /** Stems of all words in titles and texts. */
  readonly stems: ReadonlySet<string>;
}

export function fieldOf(text: string, ignored: ReadonlySet<string> = new Set()): Field {
  const stems = new Set<string>();
  const parts = new Set<string>();
  const groups = new Set<string>();
  const words = wordsOf(text);
  const all = words.map(stemOf);
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(all, at);
    const length = phrase?.length ?? 1;
    for (const [offset, word] of words.slice(at, at + length).entries())
      if (!isFunctionWord(word) && !ignored.has(word)) (length > 1 ? parts : stems).add(all[at + offset] ?? word);
    const found = phrase?.groups ?? (isFunctionWord(words[at] ?? '') ? [] : groupsOfStem(all[at] ?? ''));
    for (const group of found) groups.add(group);
    at += length;
  }
  return { stems, parts, groups };
}

const union = (fields: readonly Field[]): Field => ({
  stems: new Set(fields.flatMap(({ stems }) => [...stems])),
  parts: new Set(fields.flatMap(({ parts }) => [...parts])),
  groups: new Set(fields.flatMap(({ groups }) => [...groups])),
});

interface GrowingTopic extends Topic {
  body: Field;
  readonly passages: Passage[];
}

/** Passages in the order they are stored: those of one article or of one titled instruction form a topic. */
export function corpusOf(sources: readonly PassageSource[], businessName: string): Corpus {
  const ownName = new Set(wordsOf(businessName));
  const topics = new Map<string, GrowingTopic>();
  const passages = new Map<string, Passage>();
  for (const { id, knowledgeId, title, text } of sources) {
    // An untitled fact in an instruction stands alone.
    const key = knowledgeId === null ? `instruction:${title || id}` : `article:${knowledgeId}:${title}`;
    const topic = topics.get(key) ?? { title, titleField: fieldOf(title, ownName), body: fieldOf(''), passages: [] };
    topics.set(key, topic);
    const passage: Passage = { id, title, text, topic, own: fieldOf(text, ownName) };
    topic.passages.push(passage);
    passages.set(id, passage);
  }
  for (const topic of topics.values()) topic.body = union(topic.passages.map(({ own }) => own));
  const list = [...topics.values()];
  return {
    ownName,
    topics: list,
    passages,
    knownWords: knownWordsOf(sources, list, ownName),
    stems: new Set(sources.flatMap(({ title, text }) => wordsOf(`${title} ${text}`).map(stemOf))),
  };
}

/** The corpus's own words, and the thesaurus's words for what the corpus speaks of. */
function knownWordsOf(
  sources: readonly PassageSource[],
  topics: readonly Topic[],
  ownName: ReadonlySet<string>,
): KnownWord[] {
  const words = new Set<string>();
  for (const { title, text } of sources)
    for (const word of wordsOf(`${title} ${text}`))
      if (!isFunctionWord(word) && !ownName.has(word) && !/^\d+$/.test(word)) words.add(word);
  const groups = new Set(topics.flatMap(({ body, titleField }) => [...body.groups, ...titleField.groups]));
  for (const word of thesaurusWords)
    if (!isFunctionWord(word) && [...groupsOfStem(stemOf(word))].some((group) => groups.has(group))) words.add(word);
  return [...words].map((word) => ({ word, stem: stemOf(word), sounds: soundsOf(word) }));
}
