/** A caller's sentence as words: lower case, no punctuation, contractions written out. */

/** Contractions callers use; recognisers write them with or without the apostrophe. */
const contractions: Readonly<Record<string, string>> = {
  "what's": 'what is',
  whats: 'what is',
  "where's": 'where is',
  wheres: 'where is',
  "when's": 'when is',
  whens: 'when is',
  "who's": 'who is',
  "how's": 'how is',
  "there's": 'there is',
  theres: 'there is',
  "that's": 'that is',
  thats: 'that is',
  "it's": 'it is',
  "i'm": 'i am',
  im: 'i am',
  "i'd": 'i would',
  "i've": 'i have',
  ive: 'i have',
  "i'll": 'i will',
  "you're": 'you are',
  youre: 'you are',
  "you've": 'you have',
  "you'll": 'you will',
  "you'd": 'you would',
  "we're": 'we are',
  "we've": 'we have',
  "we'd": 'we would',
  "we'll": 'we will',
  "they're": 'they are',
  "can't": 'can not',
  cannot: 'can not',
  cant: 'can not',
  "don't": 'do not',
  dont: 'do not',
  "doesn't": 'does not',
  doesnt: 'does not',
  "didn't": 'did not',
  didnt: 'did not',
  "isn't": 'is not',
  isnt: 'is not',
  "aren't": 'are not',
  "won't": 'will not',
  "wouldn't": 'would not',
  "couldn't": 'could not',
  "let's": 'let us',
};

/** Sounds of hesitation: they carry nothing, wherever they stand. */
const fillers = new Set(['um', 'umm', 'uh', 'uhm', 'er', 'erm', 'ah', 'eh', 'hm', 'hmm', 'mm', 'mhm', 'oh', 'huh']);

/** Words of a sentence without hesitation sounds. "What's up, e-mail me!" is what, is, up, email, me. */
export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’´`]/g, "'")
    // "e-mail" and "wi-fi" are one word to a recogniser; other hyphens join two.
    .replace(/\b(e|wi)[- ](?=mail|fi\b)/g, '$1')
    .replace(/(\d)[,.](?=\d{3}\b)/g, '$1');
  const words: string[] = [];
  for (const [raw] of plain.matchAll(/[a-z0-9]+(?:'[a-z]+)*/g)) {
    const spelled = contractions[raw];
    if (spelled !== undefined) words.push(...spelled.split(' '));
    else if (!fillers.has(raw)) words.push(raw.replace(/'s$|'$/, '').replaceAll("'", ''));
  }
  return words;
}

/** Numbers say how much or when of a subject, and are what recognisers take noise for. */
const numberWords =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen ' +
  'twenty thirty forty fifty sixty seventy eighty ninety hundred thousand first second third half dozen';

/**
 * Words that hold a sentence together and name no subject: articles, pronouns, auxiliaries, prepositions, the verbs and
 * courtesies of asking ("could you tell me", "I was wondering"), and words every business uses of itself.
 */
const functionWords = new Set(
  (
    'a an the this that these those some any each every all both either neither no not nor none such other another same ' +
    'i me my mine myself you your yours yourself we us our ours he him his she her hers it its they them their theirs ' +
    'one ones someone somebody anyone anybody something anything everything nothing everyone ' +
    'am is are was were be been being do does did doing done have has had having can could will would shall should may might must ' +
    'to of in on at by for from with without about into onto over under after before between through during within against ' +
    'up down out off as than then so and or but if because while though although until till also too just only very really quite ' +
    'there here what which who whom whose why how when where ' +
    'tell know knows want wants wanted need needs like likes wonder wondering ask asking asked question questions help please ' +
    'get gets getting got give gives given go goes going gone come comes coming make makes making made take takes taking took ' +
    'let say says said see think thought mean means find out use used using try trying look looking hear interested curious ' +
    'time times thing things stuff kind sort way ways lot lots bit case information info details detail ' +
    'hello hi hey bye goodbye good morning afternoon evening thanks thank sorry excuse pardon ok okay well right now actually basically maybe perhaps ' +
    'mother father mom mum dad husband wife friend friends brother sister parents grandmother grandfather grandma grandpa uncle aunt neighbor colleague boss ' +
    'guys people folks sir madam customer customers shop store place business company ' +
    'much many more most less few little enough long far soon often ever never always usually still already again yet else ' +
    'possible possibly able currently today anyway exactly yes yeah yep nope sure hope wish happen happens quick quickly sell sells selling sold offer carry provide bring leave eat happen live lives put show keep visit exactly somewhere anywhere tomorrow tonight yesterday new old own'
  )
    .concat(' ', numberWords)
    .split(' '),
);

export const isFunctionWord = (word: string): boolean => functionWords.has(word) || /^\d+$/.test(word);
