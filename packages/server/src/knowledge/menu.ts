import type { Database } from '../store/database.ts';
import { type KnowingAgent, usablePassages } from './usable-passages.ts';

/** Digits 1 to 9; 0 repeats the menu. */
const maxEntries = 9;
/** A menu entry has been asked for by name, so it may take some 20 s to speak. */
const maxWords = 55;

export interface MenuEntry {
  readonly title: string;
  readonly text: string;
}

/** What a caller can choose by keypad when there is no recogniser: one entry for each subject the agent knows. */
export async function menuOf(db: Database, agent: KnowingAgent): Promise<MenuEntry[]> {
  const entries = new Map<string, MenuEntry>();
  for (const { title, text } of await usablePassages(db, agent)) {
    if (title === '') continue;
    const known = entries.get(title);
    if (known === undefined) {
      if (entries.size < maxEntries) entries.set(title, { title, text });
    } else if (`${known.text} ${text}`.split(/\s+/).length <= maxWords) {
      entries.set(title, { title, text: `${known.text} ${text}` });
    }
  }
  return [...entries.values()];
}
