/** What it is worth that a passage has a word, by how and where it has it. */
import type { Field, Passage } from './corpus.ts';
import type { Reading } from './hearing.ts';

/** Another word for the same thing proves a little less than the word itself. */
const synonymWorth = 0.85;
/** A word that the text has only inside a phrase ("card" in "gift card"). */
const partWorth = 0.55;
/** A title names the subject; text only speaks of it. */
export const inTitle = 0.8;
const inText = 0.7;
/** In another passage of the same article. */
const beside = 0.35;
/** Part of the lesser worth that is added when a word is found in both title and text. */
const both = 0.35;

/** 0 to 1: 1 for the word itself. */
export function matchIn({ stem, groups }: Pick<Reading, 'stem' | 'groups'>, field: Field): number {
  if (stem !== undefined && field.stems.has(stem)) return 1;
  for (const group of groups) if (field.groups.has(group)) return stem === undefined ? 1 : synonymWorth;
  return stem !== undefined && field.parts.has(stem) ? partWorth : 0;
}

/** 0 to about 1.05. */
export function worthOf(reading: Reading, { own, topic }: Passage): number {
  const title = inTitle * matchIn(reading, topic.titleField);
  const text = Math.max(inText * matchIn(reading, own), beside * matchIn(reading, topic.body));
  return Math.max(title, text) + both * Math.min(title, text);
}
