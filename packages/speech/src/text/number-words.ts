/** English words for numbers, as they are read aloud. */

const small = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
] as const;
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const scales = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
] as const;

const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** Longer runs of digits are read one by one: nobody says quadrillions on the phone. */
const LARGEST_CARDINAL = 1e15 - 1;

/** "1234" -> one two three four. Characters other than digits are left out. */
export function digitWords(digits: string): string[] {
  return [...digits].flatMap((digit) => small[Number.parseInt(digit, 10)] ?? []);
}

/** 342 -> three hundred forty two. `value` is a whole number, 0 or more. */
export function cardinalWords(value: number): string[] {
  if (value > LARGEST_CARDINAL) return digitWords(BigInt(value).toString());
  if (value < 20) return [small[value] ?? 'zero'];
  if (value < 100) {
    const rest = value % 10;
    return [tens[Math.floor(value / 10)] ?? '', ...(rest === 0 ? [] : cardinalWords(rest))];
  }
  for (const [scale, name] of scales) {
    if (value < scale) continue;
    const rest = value % scale;
    return [...cardinalWords(Math.floor(value / scale)), name, ...(rest === 0 ? [] : cardinalWords(rest))];
  }
  return [];
}

/** 21 -> twenty first. */
export function ordinalWords(value: number): string[] {
  const words = cardinalWords(value);
  const last = words.pop() ?? 'zero';
  const ordinal = irregularOrdinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words, ordinal];
}

/** 1999 -> nineteen ninety nine, 2005 -> two thousand five, 2026 -> twenty twenty six. For 1100 to 2099. */
export function yearWords(year: number): string[] {
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (year % 1000 < 10) return cardinalWords(year);
  if (rest === 0) return [...cardinalWords(century), 'hundred'];
  return [...cardinalWords(century), ...(rest < 10 ? ['oh'] : []), ...cardinalWords(rest)];
}

/** "3.50" -> three point five zero; "1,200" -> one thousand two hundred; "007" -> zero zero seven. */
export function decimalWords(written: string): string[] {
  const [whole = '', fraction] = written.replaceAll(',', '').split('.');
  const head = whole.length > 1 && whole.startsWith('0') ? digitWords(whole) : cardinalWords(Number(whole));
  return fraction === undefined || fraction === '' ? head : [...head, 'point', ...digitWords(fraction)];
}

/** "9:05" -> nine oh five, "17:00" -> seventeen hundred, "9:00" -> nine. */
export function clockWords(hours: number, minutes: number): string[] {
  const head = cardinalWords(hours);
  if (minutes === 0) return hours > 12 || hours === 0 ? [...head, 'hundred'] : head;
  return [...head, ...(minutes < 10 ? ['oh'] : []), ...cardinalWords(minutes)];
}
