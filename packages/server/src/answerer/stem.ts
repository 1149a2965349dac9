/** Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980), for English. */

const isVowelAt = (word: string, at: number): boolean => {
  const letter = word[at];
  if (letter === undefined) return false;
  if ('aeiou'.includes(letter)) return true;
  return letter === 'y' && at > 0 && !isVowelAt(word, at - 1);
};

/** Number of vowel-consonant sequences: Porter's m. */
function measure(stem: string): number {
  let sequences = 0;
  let afterVowel = false;
  for (let at = 0; at < stem.length; at++) {
    const vowel = isVowelAt(stem, at);
    if (afterVowel && !vowel) sequences++;
    afterVowel = vowel;
  }
  return sequences;
}

const hasVowel = (stem: string): boolean => [...stem].some((_, at) => isVowelAt(stem, at));
const endsDouble = (word: string): boolean =>
  word.length > 1 && word.at(-1) === word.at(-2) && !isVowelAt(word, word.length - 1);
const endsShort = (word: string): boolean => {
  const end = word.length - 1;
  return (
    end >= 2 &&
    !isVowelAt(word, end) &&
    isVowelAt(word, end - 1) &&
    !isVowelAt(word, end - 2) &&
    !'wxy'.includes(word[end] ?? '')
  );
};

type Rule = readonly [suffix: string, replacement: string];

const step2: readonly Rule[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
];
const step3: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];
const step4: readonly string[] = 'ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic ou'.split(
  ' ',
);

/** The first rule whose suffix fits decides, as in Porter's paper; it acts only when the rest is long enough. */
function replaceSuffix(word: string, rules: readonly Rule[], minimum: number): string {
  for (const [suffix, replacement] of rules) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    return measure(rest) > minimum ? rest + replacement : word;
  }
  return word;
}

function stripPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function stripPastAndGerund(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = word.endsWith('ed') ? 'ed' : word.endsWith('ing') ? 'ing' : '';
  const rest = word.slice(0, word.length - suffix.length);
  if (suffix === '' || !hasVowel(rest)) return word;
  if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsDouble(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

function stripEnding(word: string): string {
  for (const suffix of step4) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    if (measure(rest) <= 1 || (suffix === 'ion' && !/[st]$/.test(rest))) return word;
    return rest;
  }
  return word;
}

function tidy(word: string): string {
  let stem = word;
  if (stem.endsWith('e')) {
    const rest = stem.slice(0, -1);
    const m = measure(rest);
    if (m > 1 || (m === 1 && !endsShort(rest))) stem = rest;
  }
  return measure(stem) > 1 && endsDouble(stem) && stem.endsWith('l') ? stem.slice(0, -1) : stem;
}

/** "deliveries" and "delivery" share a stem, "opening" and "opens" too. Takes one lower-case word. */
export function stemOf(word: string): string {
  if (word.length <= 2 || /\d/.test(word)) return word;
  let stem = stripPastAndGerund(stripPlural(word));
  if (stem.endsWith('y') && hasVowel(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  return tidy(stripEnding(replaceSuffix(replaceSuffix(stem, step2, 0), step3, 0)));
}
