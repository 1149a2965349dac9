/**
 * How alike two words sound over a telephone. A recogniser that misses a word writes another that sounds like it
 * ("barking" for "parking"), so words are compared by a coarse pronunciation read off their spelling, with small costs
 * for the sounds a 300 to 3400 Hz line confuses: voiced and voiceless pairs, fricatives, nasals, and vowels.
 */

/** Spelling to sounds, longest first at each place. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/^(?:tion|cion|cian)/, 'Xan'],
  [/^sion/, 'Xan'],
  [/^ture/, 'Jar'],
  [/^tch/, 'J'],
  [/^dge/, 'J'],
  [/^sch/, 'sk'],
  [/^ch/, 'J'],
  [/^sh/, 'X'],
  [/^ph/, 'f'],
  [/^th/, 'T'],
  [/^wh/, 'w'],
  [/^gh/, ''],
  [/^ck/, 'k'],
  [/^qu/, 'kw'],
  [/^ng(?![aeiou])/, 'N'],
  [/^sc(?=[eiy])/, 's'],
  [/^c(?=[eiy])/, 's'],
  [/^c/, 'k'],
  [/^g(?=[eiy])/, 'J'],
  [/^x/, 'ks'],
  [/^j/, 'J'],
  [/^(?:ee|ea|ie|ey)/, 'i'],
  [/^(?:oo|ou|ew|ue)/, 'u'],
  [/^(?:ai|ay|ei)/, 'e'],
  [/^(?:oa|ow|oe)/, 'o'],
  [/^(?:au|aw)/, 'o'],
  [/^(?:oi|oy)/, 'oi'],
  [/^y(?=[aeiou])/, 'y'],
  [/^y/, 'i'],
];
/** Letters that are silent at the start: knife, write, psalm, gnome. */
const silentStart = /^(?:k(?=n)|w(?=r)|p(?=s)|g(?=n))/;

const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Coarse sounds of one or several words written together, such as `dilivari` for "delivery". */
function spelledSounds(word: string): string {
  const spelled = word.replace(/\d/g, (digit) => digitNames[Number(digit)] ?? '');
  // Doubled letters sound once; a final e after a consonant is silent.
  let rest = spelled.replace(silentStart, '').replace(/([b-df-hj-np-tv-z])\1/g, '$1');
  rest = rest.replace(/ces?$/, 'ss').replace(/ges?$/, 'j');
  rest = rest.replace(/([^aeiouysxzh])es$/, '$1s').replace(/([^aeiou])e$/, '$1');
  let sounds = '';
  while (rest !== '') {
    const rule = spellings.find(([pattern]) => pattern.test(rest));
    const [match] = rule?.[0].exec(rest) ?? [];
    if (rule === undefined || match === undefined || match === '') {
      sounds += rest[0];
      rest = rest.slice(1);
    } else {
      sounds += rule[1];
      rest = rest.slice(match.length);
    }
  }
  return sounds.replace(/(.)\1+/g, '$1');
}

const isVowel = (sound: string): boolean => 'aeiou'.includes(sound);
/** Groups a telephone line blurs, with the cost of taking one of the group for another. */
const confusions: readonly (readonly [group: string, cost: number])[] = [
  ['pb', 0.35],
  ['td', 0.35],
  ['kg', 0.35],
  ['fv', 0.35],
  ['sz', 0.2],
  ['XJ', 0.4],
  // "gift" and "gym": spelling does not tell a hard g from a soft one.
  ['gJ', 0.3],
  ['mnN', 0.4],
  ['sfT', 0.5],
  ['ptk', 0.6],
  ['bdg', 0.6],
  ['sX', 0.5],
  ['vbT', 0.6],
  ['lrw', 0.6],
];

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  if (isVowel(a) && isVowel(b)) return 0.4;
  let least = 1;
  for (const [group, cost] of confusions) if (cost < least && group.includes(a) && group.includes(b)) least = cost;
  return isVowel(a) !== isVowel(b) ? 1.2 : least;
}

/** Weak sounds come and go: vowels, h, w, y, r. */
const gapCost = (sound: string): number => (isVowel(sound) || 'hwyr'.includes(sound) ? 0.6 : 1);

/** Every sound a word can have; the costs of each pair are looked up, since a question is compared with every known word. */
const alphabet = 'abcdefghijklmnopqrstuvwxyzXJTN';
const size = alphabet.length;
const pairCosts = Float64Array.from({ length: size * size }, (_, pair) =>
  substitutionCost(alphabet.charAt(Math.floor(pair / size)), alphabet.charAt(pair % size)),
);
const gapCosts = Float64Array.from(alphabet, gapCost);

/** A word's sounds as numbers, made once for each word. */
export type Sounds = Uint8Array;

export const soundsOf = (word: string): Sounds =>
  Uint8Array.from(spelledSounds(word), (sound) => Math.max(0, alphabet.indexOf(sound)));

/** Longest word compared, in sounds; two words written together fit. */
const longestWord = 40;
let previous = new Float64Array(longestWord + 1);
let current = new Float64Array(longestWord + 1);

/**
 * 0 to 1: 1 is the same pronunciation.
 * @param atLeast likeness below this may be given as 0: most pairs can be ruled out early.
 */
export function soundSimilarity(a: Sounds, b: Sounds, atLeast = 0): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0 || longest > longestWord) return 0;
  const mostCost = longest * (1 - atLeast);
  // The cheapest gap costs 0.6, so a difference in length alone can rule a pair out.
  if (Math.abs(a.length - b.length) * 0.6 > mostCost) return 0;
  previous[0] = 0;
  for (let j = 1; j <= b.length; j++) previous[j] = (previous[j - 1] ?? 0) + (gapCosts[b[j - 1] ?? 0] ?? 1);
  for (let i = 1; i <= a.length; i++) {
    const left = a[i - 1] ?? 0;
    const leftGap = gapCosts[left] ?? 1;
    let least = (previous[0] ?? 0) + leftGap;
    current[0] = least;
    for (let j = 1; j <= b.length; j++) {
      const right = b[j - 1] ?? 0;
      let cost = (previous[j - 1] ?? 0) + (pairCosts[left * size + right] ?? 1);
      const leftOut = (previous[j] ?? 0) + leftGap;
      if (leftOut < cost) cost = leftOut;
      const rightOut = (current[j - 1] ?? 0) + (gapCosts[right] ?? 1);
      if (rightOut < cost) cost = rightOut;
      current[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > mostCost) return 0;
    [previous, current] = [current, previous];
  }
  return Math.max(0, 1 - (previous[b.length] ?? longest) / longest);
}
