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
export function soundsOf(word: string): string {
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

/** Weak sounds come and go: vowels, h, w, y; plural and past endings lose their consonant. */
const gapCost = (sound: string): number => (isVowel(sound) || 'hwyr'.includes(sound) ? 0.6 : 1);

/** 0 to 1: 1 is the same pronunciation. Arguments come from `soundsOf`. */
export function soundSimilarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 0;
  // A difference in length alone already rules a good match out.
  if (Math.abs(a.length - b.length) > longest * 0.4) return 0;
  let previous = new Float64Array(b.length + 1);
  let current = new Float64Array(b.length + 1);
  for (let j = 1; j <= b.length; j++) previous[j] = (previous[j - 1] ?? 0) + gapCost(b[j - 1] ?? '');
  for (let i = 1; i <= a.length; i++) {
    const left = a[i - 1] ?? '';
    current[0] = (previous[0] ?? 0) + gapCost(left);
    for (let j = 1; j <= b.length; j++) {
      const right = b[j - 1] ?? '';
      current[j] = Math.min(
        (previous[j - 1] ?? 0) + substitutionCost(left, right),
        (previous[j] ?? 0) + gapCost(left),
        (current[j - 1] ?? 0) + gapCost(right),
      );
    }
    [previous, current] = [current, previous];
  }
  return Math.max(0, 1 - (previous[b.length] ?? longest) / longest);
}
