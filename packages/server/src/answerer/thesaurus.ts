/**
 * Words of telephone enquiries that mean the same thing, for businesses in general: a caller asks to "send it back" where
 * the article says "returns". A group's name is only an identifier. Phrases are written with spaces and are matched before
 * single words; articles and pronouns between their words are skipped, so that "to house" is "to my house" too. A word may
 * be in several groups.
 */
import { stemOf } from './stem.ts';
import { dealings } from './thesaurus-dealings.ts';
import { subjects } from './thesaurus-subjects.ts';
import { wordsOf } from './words.ts';

const groups: Readonly<Record<string, string>> = { ...subjects, ...dealings };

/** What is asked about a subject rather than a subject: "how much is it" leaves open how much what is. */
const attributes = new Set([
  'cost',
  'free',
  'minimum',
  'maximum',
  'size',
  'distance',
  'notice',
  'expiry',
  'order',
  'daytime',
  'amount',
  'duration',
  'frequency',
  'quantity',
  'number',
  'wait',
  'color',
  'town',
  'policy',
  'deadline',
  'delivery_time',
  'directions',
]);

/** Whether these groups (of one word) only ask about a subject. */
export const isAttribute = (groupsOfWord: ReadonlySet<string>): boolean =>
  groupsOfWord.size > 0 && [...groupsOfWord].every((group) => attributes.has(group));

interface Phrase {
  /** Stems in order. */
  readonly stems: readonly string[];
  readonly groups: ReadonlySet<string>;
}

const byStem = new Map<string, Set<string>>();
const phrasesByFirst = new Map<string, Phrase[]>();
const spoken = new Set<string>();

for (const [group, members] of Object.entries(groups)) {
  for (const member of members.split(', ')) {
    const words = wordsOf(member);
    const stems = words.map(stemOf);
    const [first = ''] = stems;
    if (words.length === 1) {
      byStem.set(first, (byStem.get(first) ?? new Set()).add(group));
      spoken.add(words[0] ?? '');
    } else {
      const phrases = phrasesByFirst.get(first) ?? [];
      const known = phrases.find((phrase) => phrase.stems.join(' ') === stems.join(' '));
      if (known === undefined) phrases.push({ stems, groups: new Set([group]) });
      else phrases[phrases.indexOf(known)] = { stems, groups: new Set([...known.groups, group]) };
      // Longest first, so that "opening hours" wins over "opening".
      phrases.sort((a, b) => b.stems.length - a.stems.length);
      phrasesByFirst.set(first, phrases);
    }
  }
}

const none: ReadonlySet<string> = new Set();

export const groupsOfStem = (stem: string): ReadonlySet<string> => byStem.get(stem) ?? none;

/** May stand between the words of a phrase: "bring it to my house" is "bring to house". */
const skipped = new Set(
  'a an the my your our his her their its it me us them some any this that these those something anything everything all'
    .split(' ')
    .map(stemOf),
);

const mostSkipped = 2;

/** Number of stems that `phrase` takes from `at` on, skipped ones included; 0 when it is not there. */
function lengthAt(phrase: readonly string[], stems: readonly string[], at: number): number {
  let next = at;
  for (const stem of phrase) {
    const most = next + mostSkipped;
    while (next > at && next < most && stems[next] !== stem && skipped.has(stems[next] ?? '')) next++;
    if (stems[next] !== stem) return 0;
    next++;
  }
  return next - at;
}

export interface FoundPhrase {
  /** Words of the text it takes. */
  readonly length: number;
  readonly groups: ReadonlySet<string>;
}

/** The longest phrase of the thesaurus that starts at `at`. */
export function phraseAt(stems: readonly string[], at: number): FoundPhrase | undefined {
  for (const phrase of phrasesByFirst.get(stems[at] ?? '') ?? []) {
    const length = lengthAt(phrase.stems, stems, at);
    if (length > 0) return { length, groups: phrase.groups };
  }
  return undefined;
}

/** All single words of the thesaurus, in ordinary spelling. */
export const thesaurusWords: ReadonlySet<string> = spoken;

const membersByGroup = new Map<string, readonly (readonly string[])[]>(
  Object.entries(groups).map(([group, members]) => [group, members.split(', ').map(wordsOf)]),
);

/** Words and phrases of a group: what a full-text search looks for besides the caller's own word. */
export const membersOfGroup = (group: string): readonly (readonly string[])[] => membersByGroup.get(group) ?? [];
