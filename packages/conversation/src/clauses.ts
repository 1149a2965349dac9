import { createClauseSplitter } from '@dialplane/speech';

/** A whole text as the pieces that are synthesised one by one. */
export function clausesOf(text: string): string[] {
  const splitter = createClauseSplitter();
  return [...splitter.push(text), ...splitter.flush()].map((clause) => clause.trim()).filter((clause) => clause !== '');
}
