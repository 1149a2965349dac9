import { speakableSentences } from './sentences.ts';

/** A passage is spoken as one answer: about 12 s of speech at 150 words a minute is what a caller will listen to. */
const maxWords = 32;
/** A shorter passage than this is joined with its neighbour: alone it seldom answers a question. */
const minWords = 9;
const maxSentences = 3;

/** A sentence that starts like this leans on the one before it. */
const leaning =
  /^(?:it|its|they|their|them|this|these|those|that|there|he|she|then|also|otherwise|however|but|and|or|so|in that case|in this case|if so|if not|for this|the same|both)\b/i;

const countWords = (text: string): number => text.split(/\s+/).length;

/** Groups the sentences of an article into passages of one to three sentences that make sense alone. */
export function passagesOf(content: string): string[] {
  const passages: string[] = [];
  let group: string[] = [];
  let words = 0;
  const close = () => {
    if (group.length > 0) passages.push(group.join(' '));
    group = [];
    words = 0;
  };
  for (const sentence of speakableSentences(content)) {
    const more = countWords(sentence);
    const leans = leaning.test(sentence);
    const fits = group.length < maxSentences && words + more <= maxWords;
    if (group.length > 0 && !(fits && (leans || words < minWords || more < minWords))) close();
    group.push(sentence);
    words += more;
  }
  close();
  return passages;
}
