/** Cuts text that is still being written into clauses, so that speaking can begin before the sentence is finished. */
import { abbreviations, leadingAbbreviations } from './text/abbreviations.ts';

export interface ClauseSplitter {
  /** Takes the next piece of text, of any length; returns the clauses that are certain now. */
  push(delta: string): string[];
  /** The end of the text: what is left. The splitter can be used for a new text afterwards. */
  flush(): string[];
}

/**
 * The first clause of a text is cut at the first comma, since the caller waits for it. Later ones are spoken while their
 * predecessor plays, and sound better whole: a comma cuts them only when they are long.
 */
const FIRST_CLAUSE_CHARACTERS = 12;
const LATER_CLAUSE_CHARACTERS = 60;
/** A run without any mark is cut at a space here: about eight seconds of speech. */
const LONGEST_CLAUSE_CHARACTERS = 160;

const sentenceEnd = /[.!?…]+["'”’)\]]*(?=\s)/g;
const clauseEnd = /[,;:—–]["'”’)\]]*(?=\s)|\s-(?=\s)/g;

/**
 * Joined clauses are exactly the text. A mark is an end only when white space follows, so numbers ("9.30"), addresses and
 * "e.g." are never cut; nor is it after "Dr." and its like, or before a lower-case word.
 */
export function createClauseSplitter(): ClauseSplitter {
  let waiting = '';
  let first = true;

  function take(): string | null {
    const end = clauseLength(waiting, first);
    if (end === 0) return null;
    const clause = waiting.slice(0, end);
    waiting = waiting.slice(end);
    first = false;
    return clause;
  }

  return {
    push(delta) {
      waiting += delta;
      const clauses: string[] = [];
      for (let clause = take(); clause !== null; clause = take()) clauses.push(clause);
      return clauses;
    },
    flush() {
      const rest = waiting;
      waiting = '';
      first = true;
      return rest === '' ? [] : [rest];
    },
  };
}

/** Length of the first certain clause of `text` with the white space behind it, 0 when there is none yet. */
function clauseLength(text: string, first: boolean): number {
  const ends = [
    endOf(text, sentenceEnd, 2, (mark) => endsSentence(text, mark)),
    endOf(
      text,
      clauseEnd,
      first ? FIRST_CLAUSE_CHARACTERS : LATER_CLAUSE_CHARACTERS,
      (mark) => !insideNumber(text, mark),
    ),
  ].filter((end) => end > 0);
  if (ends.length > 0) return Math.min(...ends);
  if (text.length <= LONGEST_CLAUSE_CHARACTERS) return 0;
  const space = text.lastIndexOf(' ', LONGEST_CLAUSE_CHARACTERS);
  return space <= 0 ? 0 : space + 1;
}

function endOf(text: string, marks: RegExp, least: number, accept: (mark: RegExpExecArray) => boolean): number {
  for (const mark of text.matchAll(marks)) {
    const end = mark.index + mark[0].length;
    if (end < least || !accept(mark)) continue;
    // White space stays with the clause before it; until the next word is seen its end is not certain.
    const space = /^\s+(?=\S)/.exec(text.slice(end));
    return space === null ? 0 : end + space[0].length;
  }
  return 0;
}

function endsSentence(text: string, mark: RegExpExecArray): boolean {
  if (!mark[0].startsWith('.')) return true;
  const word = /(\S+)$/.exec(text.slice(0, mark.index))?.[1] ?? '';
  const bare = word.toLowerCase().replace(/[^a-z]/g, '');
  const following = /\S/.exec(text.slice(mark.index + mark[0].length))?.[0] ?? '';
  // "no." and "St." are titles only before a name or number; as the last word of a sentence a capital follows as well,
  // and waiting a clause longer is the cheaper mistake.
  if (bare === 'no') return !/\d/.test(following);
  if (leadingAbbreviations.has(bare)) return false;
  // One capital letter is an initial: "J. Smith".
  if (/^[A-Z]$/.test(word)) return false;
  const shortened = abbreviations.has(bare) || /^(?:[a-z]\.)+[a-z]$/i.test(word);
  return !(shortened && /[a-z\d]/.test(following));
}

/** "$1, 200" and "202, 555" belong together. */
function insideNumber(text: string, mark: RegExpExecArray): boolean {
  const after = text.slice(mark.index + mark[0].length);
  return /\d$/.test(text.slice(0, mark.index)) && /^\s+\d/.test(after);
}
