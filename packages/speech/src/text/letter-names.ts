/** Letters as words a synthesiser pronounces as letters ("a" alone would be the article). */
const unclear: Readonly<Record<string, string>> = { a: 'ay' };

/** "FAQ" -> f, ay, q. Characters that are no letters of the English alphabet are left out. */
export function letterNames(letters: string): string[] {
  return [...letters.toLowerCase()].filter((letter) => /[a-z]/.test(letter)).map((letter) => unclear[letter] ?? letter);
}
