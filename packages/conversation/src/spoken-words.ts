/** Words as a recogniser writes them: compared without case and punctuation. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu) ?? [];
}

/** The same words in the same order. */
export function sameWords(one: string, other: string): boolean {
  return wordsOf(one).join(' ') === wordsOf(other).join(' ');
}

/** Whoever says one of these wants the agent to be quiet now. */
const stopPhrase = /\b(?:stop|wait|no|hold on|agent|representative|operator)\b/;

/** Said to show that one listens, not to take the floor. */
const backChannel =
  /\b(?:uh huh|uhuh|uh|huh|m+ h+m+|mhm+|h?m+|ah|oh|um|er|ok|okay|yeah|yes|yep|yup|right|sure|alright|all right|good|great|fine|i see|got it|of course)\b/g;

export function hasStopWord(text: string): boolean {
  return stopPhrase.test(wordsOf(text).join(' '));
}

/** Only words such as "uh-huh" and "okay"; false for no words at all. */
export function isBackChannel(text: string): boolean {
  const words = wordsOf(text).join(' ');
  return words !== '' && words.replace(backChannel, '').trim() === '';
}

/** At least one word that means something by itself. */
export function hasRealWord(text: string): boolean {
  return wordsOf(text).length > 0 && !isBackChannel(text);
}
