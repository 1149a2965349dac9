/** Ordinary written text -> words to be read aloud, each tied to the characters it came from. */
import { abbreviations, leadingAbbreviations, ordinaryWords, units } from './abbreviations.ts';
import { letterNames } from './letter-names.ts';
import { cardinalWords, clockWords, decimalWords, digitWords, ordinalWords, yearWords } from './number-words.ts';

export interface SpeakableWord {
  /** Half-open character range in the text. */
  readonly from: number;
  readonly to: number;
  /** Lower-case words of letters and apostrophes only; more than one for "9:30". */
  readonly spoken: readonly string[];
  /** The pause mark that follows, empty for none. */
  readonly pause: '' | ',' | '.' | '?';
}

interface Rule {
  /** Sticky; must match at least one character. */
  readonly pattern: RegExp;
  readonly say: (match: RegExpExecArray) => readonly string[];
  readonly pause?: ',';
}

const currencies: Readonly<Record<string, readonly [string, string, string, string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
};
const symbols: Readonly<Record<string, readonly string[]>> = {
  '&': ['and'],
  '+': ['plus'],
  '@': ['at'],
  '#': ['number'],
  '%': ['percent'],
  '=': ['equals'],
  '°': ['degrees'],
};
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'];
const monthNames = [...months, 'november', 'december'];

/** Upper-case words that are said as words, not letter by letter. */
const saidAsWords = new Set(['OK', 'PIN', 'SIM', 'ASAP', 'NASA', 'VAT', 'NOT', 'NO', 'AND', 'OR', 'ALL', 'ANY', 'NEW']);

/** A run of digits and separators with at least seven digits, or a written "555-0100". */
const phoneSpan = /(?<![\w.,$€£])(?:\+|\()?\d[\d().\s-]{5,}\d(?![\w%]|[.,:]\d)/g;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** A dash or slash inside "9-5" or "Mon-Fri" is spoken as "to". */
const rangeDash =
  /(?<=[\da-z.])\s?[-–]\s?(?=\$?\d)|(?<=\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)[a-z]*\.?)[-–](?=(?:mon|tue|wed|thu|fri|sat|sun))/giy;

const phoneRule: Rule = {
  pattern: /[+(]*(\d+)[).-]*/y,
  say: (match) => [...(match[0].startsWith('+') ? ['plus'] : []), ...digitWords(match[1] ?? '')],
  pause: ',',
};

const rules: readonly Rule[] = [
  {
    pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/y,
    say: (match) => address(match[0]),
  },
  {
    pattern:
      /(?:https?:\/\/)?((?:www\.)?[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|io|co|uk|us|eu|de|info|app|dev|ai)\b(?:\/[\w/-]*)?)/iy,
    say: (match) => address((match[1] ?? '').replace(/\/$/, '')),
  },
  {
    pattern: /(\d{4})-(\d{2})-(\d{2})(?!\d)/y,
    say: ([, year, month, day]) => [
      ...[monthNames[Number(month) - 1] ?? 'month'],
      ...ordinalWords(Number(day)),
      ...yearWords(Number(year)),
    ],
  },
  {
    pattern: /(\d{1,2}):(\d{2})(?!\d)(?:\s?([ap])\.?m\b\.?)?/iy,
    say: ([, hours, minutes, half]) => [...clockWords(Number(hours), Number(minutes)), ...halfOfDay(half)],
  },
  {
    pattern: /(\d{1,2})\s?([ap])\.?m\b\.?/iy,
    say: ([, hours, half]) => [...cardinalWords(Number(hours)), ...halfOfDay(half)],
  },
  {
    pattern: /([$€£])\s?(\d[\d,]*)(?:\.(\d{2}))?(?![\d.]\d)(?:\s?(k|million|billion)\b)?/iy,
    say: ([, sign, whole, cents, scale]) => money(sign ?? '$', whole ?? '0', cents, scale),
  },
  { pattern: /(\d+)(?:st|nd|rd|th)\b/iy, say: ([, value]) => ordinalWords(Number(value)) },
  { pattern: /24\/7(?!\d)/y, say: () => ['twenty', 'four', 'seven'] },
  { pattern: /(\d[\d,]*(?:\.\d+)?)\s?%/y, say: ([, value]) => [...decimalWords(value ?? ''), 'percent'] },
  {
    pattern: /(\d[\d,]*(?:\.\d+)?)\s?(km|cm|mm|kg|lbs?|oz|ft|hrs?|mins?|gb|mb|m|g|h)\b(?!['’])/iy,
    say: ([, value, unit]) => {
      const names = units.get((unit ?? '').toLowerCase());
      return [...decimalWords(value ?? ''), (value === '1' ? names?.[0] : names?.[1]) ?? ''];
    },
  },
  { pattern: /(1[1-9]\d\d|20\d\d)(?![\d,.]*\d)/y, say: ([, year]) => yearWords(Number(year)) },
  { pattern: /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/y, say: ([number]) => decimalWords(number) },
  {
    // Abbreviations with inner full stops: e.g., i.e., a.m., U.S.A.
    pattern: /(?:[a-z]\.){2,}/iy,
    say: ([letters]) => abbreviations.get(letters.toLowerCase().replaceAll('.', '')) ?? letterNames(letters),
  },
  {
    pattern: /([a-z]{2,6})\.(?=\s+\S|[,;)]|$)/iy,
    say: ([, word = '']) => abbreviations.get(word.toLowerCase()) ?? [],
  },
  {
    pattern: /(?:mon|tues?|wed|thurs?|fri|sat|sun)(?=[-–])/iy,
    say: ([word]) => abbreviations.get(word.toLowerCase()) ?? [],
  },
  {
    pattern: /[A-Z]{2,5}(?:s\b|(?![a-z'’]))/y,
    say: ([letters]) => (isSpelled(letters) ? spelled(letters) : [plainWord(letters)]),
  },
  { pattern: /[a-z]+(?:['’][a-z]+)*['’]?/iy, say: ([word]) => [plainWord(word)] },
  { pattern: /[&+@#%=°]/y, say: ([symbol]) => symbols[symbol] ?? [] },
];

/**
 * Splits `text` into words to be spoken. Characters with no sound (brackets, markdown, emoji) belong to no word.
 * The words are in the order of the text and their ranges do not overlap.
 */
export function speakableWords(text: string): SpeakableWord[] {
  // The same length as the text, so that ranges fit: accents are taken off letter by letter.
  const plain = [...text].map(withoutAccent).join('');
  const phones = [...plain.matchAll(phoneSpan)]
    .filter((match) => match[0].replace(/\D/g, '').length >= 7 && !isoDate.test(match[0]))
    .map((match) => [match.index, match.index + match[0].length] as const);
  const words: SpeakableWord[] = [];
  let at = 0;
  while (at < plain.length) {
    const inPhone = phones.some(([from, to]) => at >= from && at < to);
    const range = inPhone ? 0 : matchLength(rangeDash, plain, at);
    if (range > 0) {
      words.push({ from: at, to: at + range, spoken: ['to'], pause: '' });
      at += range;
      continue;
    }
    const found = inPhone ? apply(phoneRule, plain, at) : firstOf(plain, at);
    if (found === null) {
      markPause(words, plain, at);
      at += 1;
      continue;
    }
    words.push({ from: at, to: at + found.length, spoken: found.spoken, pause: found.pause });
    at += found.length;
    // Abbreviations swallow their full stop; it may end the sentence all the same.
    if (plain[at - 1] === '.' && endsSentence(plain.slice(at - found.length, at), plain.slice(at))) {
      markPause(words, plain, at - 1);
    }
  }
  return words;
}

function firstOf(text: string, at: number): ReturnType<typeof apply> {
  for (const rule of rules) {
    const found = apply(rule, text, at);
    if (found === null) continue;
    const bare = text.slice(at, at + found.length);
    const abbreviation = /^([a-z]+)\.$/i.exec(bare)?.[1]?.toLowerCase();
    if (abbreviation !== undefined && !standsForItself(abbreviation, text, at + found.length)) continue;
    return found;
  }
  return null;
}

function endsSentence(abbreviation: string, following: string): boolean {
  if (following.trim() === '') return true;
  return /^\s+[A-Z]/.test(following) && !leadingAbbreviations.has(abbreviation.toLowerCase().replaceAll('.', ''));
}

/** Whether "no." or "St." is an abbreviation here, rather than a word that ends a sentence. */
function standsForItself(abbreviation: string, text: string, after: number): boolean {
  if (!abbreviations.has(abbreviation)) return false;
  if (abbreviation === 'no') return /^\s*\d/.test(text.slice(after));
  if (ordinaryWords.has(abbreviation)) return /^[,;)]|^\s+[\da-z]/.test(text.slice(after));
  return true;
}

function apply(
  rule: Rule,
  text: string,
  at: number,
): { length: number; spoken: readonly string[]; pause: SpeakableWord['pause'] } | null {
  rule.pattern.lastIndex = at;
  const match = rule.pattern.exec(text);
  if (match === null) return null;
  const said = rule.say(match).filter((word) => word !== '');
  const saint = match[0].toLowerCase() === 'st.' && isSaint(text, at);
  const spoken = saint ? ['saint'] : said;
  return spoken.length === 0 ? null : { length: match[0].length, spoken, pause: rule.pause ?? '' };
}

/** "St. Mary" is a saint, "Main St." a street: a capital follows, and no capitalised word or number precedes. */
function isSaint(text: string, at: number): boolean {
  return /^\s+[A-Z]/.test(text.slice(at + 3)) && !/(?:[A-Z][a-z]+|\d\w*)\s+$/.test(text.slice(0, at));
}

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function markPause(words: SpeakableWord[], text: string, at: number): void {
  const last = words.at(-1);
  const mark = pauseOf(text, at);
  if (last === undefined || mark === '') return;
  if (last.pause === '' || (last.pause === ',' && mark !== ',')) words[words.length - 1] = { ...last, pause: mark };
}

function pauseOf(text: string, at: number): SpeakableWord['pause'] {
  const character = text[at] ?? '';
  if (character === '?') return '?';
  if ('.!…'.includes(character)) return '.';
  if (',;:()—–'.includes(character)) return ',';
  if (character === '\n') return ',';
  return character === '-' && text[at - 1] === ' ' ? ',' : '';
}

function halfOfDay(letter: string | undefined): string[] {
  return letter === undefined ? [] : letterNames(`${letter}m`);
}

function money(sign: string, whole: string, cents: string | undefined, scale: string | undefined): string[] {
  const [unit, plural, cent, centsName] = currencies[sign] ?? ['', '', '', ''];
  const amount = Number(whole.replaceAll(',', ''));
  if (scale !== undefined) {
    return [...cardinalWords(amount), scale.toLowerCase() === 'k' ? 'thousand' : scale.toLowerCase(), plural];
  }
  const parts = Number(cents ?? '0');
  const small = parts === 0 ? [] : [...cardinalWords(parts), parts === 1 ? cent : centsName];
  if (amount === 0 && parts > 0) return small;
  return [...cardinalWords(amount), amount === 1 ? unit : plural, ...(parts === 0 ? [] : ['and', ...small])];
}

/** An e-mail or web address, letter groups as words, marks by name. */
function address(written: string): string[] {
  const marks: Readonly<Record<string, string>> = {
    '@': 'at',
    '.': 'dot',
    '-': 'dash',
    _: 'underscore',
    '/': 'slash',
    '+': 'plus',
  };
  return (written.match(/[a-z]+|\d+|[^a-z\d]/gi) ?? []).flatMap((part) => {
    const mark = marks[part];
    if (mark !== undefined) return [mark];
    if (/^\d/.test(part)) return digitWords(part);
    return /[aeiouy]/i.test(part) && part.length > 1 ? [part.toLowerCase()] : letterNames(part);
  });
}

function plainWord(written: string): string {
  const word = written.toLowerCase().replaceAll('’', "'").replace(/'$/, '');
  return word === 'ok' ? 'okay' : word;
}

function isSpelled(letters: string): boolean {
  const bare = letters.replace(/s$/, '');
  if (saidAsWords.has(bare)) return false;
  return bare.length <= 3 || !/[AEIOUY]/.test(bare);
}

function spelled(letters: string): string[] {
  const names = letterNames(letters.replace(/s$/, ''));
  const last = names.pop() ?? '';
  return [...names, letters.endsWith('s') ? `${last}'s` : last];
}

function withoutAccent(character: string): string {
  const base = character.normalize('NFKD').replace(/\p{M}/gu, '');
  if (character.length > 1) return ' '.repeat(character.length);
  return base.length === 1 ? base : character;
}
