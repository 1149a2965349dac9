/** An article's text as plain sentences that can be spoken: markdown gone, list items made sentences. */

/** Ends of these words are no ends of sentences. */
const abbreviations = new Set([
  'dr',
  'mr',
  'mrs',
  'ms',
  'st',
  'no',
  'vs',
  'etc',
  'approx',
  'dept',
  'inc',
  'ltd',
  'co',
  'e.g',
  'i.e',
  'a.m',
  'p.m',
  'jr',
  'sr',
  'tel',
  'ave',
  'rd',
  'min',
  'max',
]);

/** Removes what markdown adds to the words. Keeps the words of links and drops their addresses. */
function withoutMarkup(line: string): string {
  return line
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]{1,80}>/g, ' ')
    .replace(/(\*\*|__|`+|~~)/g, '')
    .replace(/(^|\s)[*_](\S(?:[^*_]*\S)?)[*_](?=\W|$)/g, '$1$2')
    .replace(/https?:\/\/(?:www\.)?([^\s/)]+)\S*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

const listItem = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+/;
const heading = /^\s*#{1,6}\s+/;
const tableRule = /^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$/;

/** Splits running text at sentence ends, never inside "7.30", "e.g." or "Dr. Smith". */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const end of text.matchAll(/[.!?]+["')\]]*(?=\s+|$)/g)) {
    const before = text.slice(from, end.index);
    const lastWord = /([\w.]+)$/.exec(before)?.[1]?.toLowerCase() ?? '';
    const rest = text.slice(end.index + end[0].length).trimStart();
    const endsHere = end[0].startsWith('.') ? !isAbbreviation(lastWord, rest) : true;
    if (!endsHere) continue;
    sentences.push(text.slice(from, end.index + end[0].length).trim());
    from = end.index + end[0].length;
  }
  const tail = text.slice(from).trim();
  if (tail !== '') sentences.push(tail);
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function isAbbreviation(lastWord: string, rest: string): boolean {
  if (lastWord === 'a.m' || lastWord === 'p.m' || lastWord === 'etc') return /^[a-z]/.test(rest);
  return rest !== '' && (abbreviations.has(lastWord) || /^[a-z]$/.test(lastWord));
}

const finished = (text: string): string => (/[.!?]["')\]]*$/.test(text) ? text : `${text.replace(/[,;:]+$/, '')}.`);

/** Sentences of an article in order. Headings are left out: they name what follows and answer nothing. */
export function speakableSentences(content: string): string[] {
  const sentences: string[] = [];
  let paragraph = '';
  const endParagraph = () => {
    const text = withoutMarkup(paragraph);
    if (text !== '') sentences.push(...splitSentences(text).map(finished));
    paragraph = '';
  };
  for (const line of content.split(/\r?\n/)) {
    if (line.trim() === '' || heading.test(line) || tableRule.test(line)) {
      endParagraph();
    } else if (listItem.test(line)) {
      endParagraph();
      paragraph = line.replace(listItem, '');
    } else if (line.trim().startsWith('|')) {
      endParagraph();
      paragraph = line
        .split('|')
        .map((cell) => cell.trim())
        .filter((cell) => cell !== '')
        .join(', ');
      endParagraph();
    } else {
      paragraph += ` ${line}`;
    }
  }
  endParagraph();
  return sentences;
}
