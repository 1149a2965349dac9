/** What a caller's words do, apart from asking about the business: a table of rules, tried in order. */
import type { OwnQuestion } from './phrases.ts';
import type { SaidWord } from './question.ts';
import { soundSimilarity, soundsOf } from './sounds.ts';
import { isFunctionWord } from './words.ts';

export type DialogueAct =
  | 'nothing'
  | 'yes'
  | 'no'
  | 'repeat'
  | 'wait'
  | 'about_itself'
  | 'person'
  | 'goodbye'
  | 'thanks'
  | 'greeting'
  | 'question';

interface Utterance {
  readonly words: readonly string[];
  readonly text: string;
  /** Without the doubtful ones: "human" heard out of noise fetches nobody. */
  readonly sureWords: readonly string[];
  readonly question: OwnQuestion | undefined;
}

/** Words that may stand beside any courtesy without changing it. */
const beside =
  /\b(?:ok|okay|well|so|alright|all right|right|then|now|great|perfect|fine|nice|cool|super|wonderful|excellent|lovely|awesome|please|and|but|sir|madam|there|today|for now|very helpful|just|oh|really|i think|i guess|dear|again|a|the|to|it|my friend)\b/g;
const yes =
  /\b(?:yes|yeah|yep|yup|ya|sure|of course|certainly|absolutely|definitely|correct|exactly|indeed|please do|go ahead|sounds good|that is right|that is correct|that would be (?:great|nice|good|fine|lovely|perfect|helpful)|i do|i would(?: like (?:that|to))?|i am|that one|do that|why not)\b/g;
const agreeing = /\b(?:ok|okay|please|alright|all right|right|fine|great)\b/;
const no =
  /\b(?:no|nope|nah|not really|not now|not today|not at the moment|i do not(?: think so)?|i would not|i am not|never mind|not necessary|do not bother|neither|none)\b/g;
const thanks =
  /\b(?:thanks|thank you|thank|many thanks|cheers|much appreciated|i appreciate (?:it|that|your help)|very much|so much|a lot|for (?:your|the|all your) (?:help|information|info|time|answer)|for (?:that|everything|calling|letting me know)|you have been (?:very |most )?(?:helpful|kind)|that was (?:very )?helpful|that helps|good to know|that is (?:good|great|nice|helpful|perfect|wonderful|very kind|kind|fine|okay|good to know|very helpful)|you too)\b/g;
const goodbye =
  /\b(?:good ?bye|bye(?: bye)?|by by|buy buy|good (?:by|buy)|see (?:you|ya)(?: later| soon| then| tomorrow)?|talk to you (?:later|soon)|have a (?:nice|good|great|lovely|wonderful) (?:day|one|evening|afternoon|weekend|night|time)|good night|take care|so long|that is (?:all|it|everything)(?: (?:i (?:need|needed|want|wanted)|for today|for now|from me|from my side))?|that will be all|that would be all|that was (?:all|it|everything)(?: i (?:needed|wanted))?|nothing(?: else| more)?|no more questions|no (?:other|further) questions|i am (?:done|finished|all set|good|fine)|i have (?:everything|what) i need(?:ed)?|you can hang up|hang up|end the call)\b/g;
const greeting =
  /\b(?:hello|hi|hey|howdy|greetings|good (?:morning|afternoon|evening|day)|how are you(?: doing)?(?: today)?|how do you do|nice to (?:meet|talk to) you|anybody there|anyone there|is (?:anybody|anyone|someone|somebody) there|can you hear me)\b/g;
const repeat =
  /\b(?:(?:can|could|would|will) you (?:please )?(?:say|repeat) (?:that|it|this)(?: again)?|(?:can|could|would|will) you (?:please )?repeat|(?:say|repeat) (?:that|it|this)(?: again)?|say again|repeat|pardon(?: me)?|i beg your pardon|come again|(?:one more|another) time|once (?:more|again)|what did you (?:just )?say|what was that|what did you mean|i (?:did not|could not|can not|do not) (?:quite )?(?:hear|catch|understand|get|follow)(?: you| that| it| what you said)?|did not (?:catch|hear|get) that|a (?:bit|little) (?:slower|louder)|more slowly|slower|louder|excuse me|sorry|what|how)\b/g;
const wait =
  /\b(?:wait(?: a (?:moment|minute|second|sec))?|hold on(?: a (?:moment|minute|second|sec))?|(?:just )?(?:a|one) (?:moment|minute|second|sec)|hang on|let me (?:think|see|check)|bear with me)\b/g;
const aboutItself =
  /\b(?:are you|is (?:this|that|it)) (?:an? |the )?(?:(?:real|live|actual|human) )?(?:person|human|human being|robot|machine|computer|bot|ai|recording|answering machine|automated \w+)\b|\bam i (?:talking|speaking) (?:to|with) (?:an? )?(?:(?:real|live|actual) )?(?:person|human|robot|machine|computer|bot|recording)\b|\bwho (?:are you|am i (?:talking|speaking) (?:to|with))\b|\bwhat is your name\b/;

/** Who a caller may want instead of the agent. The first list needs a verb of talking beside it. */
const anyone =
  'someone|somebody|anyone|anybody|people|person|man|woman|guy|baker|owner|boss|team|staff|employee|member';
const anAgent =
  'human(?: being)?|agent|representative|rep|operator|receptionist|manager|supervisor|assistant|colleague|advisor|specialist|consultant|attendant|customer service|customer support|support|real one|live one';
const askForPerson: readonly RegExp[] = [
  new RegExp(
    `\\b(?:talk|speak|chat|transfer|connect|put|pass|hand|switch|direct|forward)(?:ing|ed)?\\b(?: \\w+){0,5}? (?:${anyone}|${anAgent})\\b`,
  ),
  /\b(?:want|need|like|get|give|have|prefer|rather|is there|reach|bring|find)\b(?: \w+){0,4}? (?:(?:real|live|actual|human) (?:person|people|agent|one)|human(?: being)?|representative|operator|receptionist|manager|supervisor)\b/,
  /\bcall me back\b|\b(?:call|ring) back\b|\b(?:have|get|ask|tell) (?:someone|somebody|a person|a colleague|your (?:boss|manager|colleague))(?: to)? (?:call|ring|phone|contact) me\b/,
];
const personWords = new Set(
  'person human being agent representative operator receptionist manager supervisor assistant colleague real live actual talk speak talking speaking transfer connect line'.split(
    ' ',
  ),
);
const personNouns = [
  'person',
  'human',
  'agent',
  'representative',
  'operator',
  'receptionist',
  'manager',
  'someone',
  'somebody',
];
/** Words that make "person" a measure ("how much for each person"). */
const countedPerson = /\b(?:how|much|many|per|each|every|cost|costs|price|for)\b/;
/** A recogniser writes "talk to a parson": after a verb of talking a likeness is enough. */
const talkTo =
  /\b(?:talk|speak|chat|talking|speaking) (?:to|with|two|too) (?:(?:a|an|the|your|some|real|live|another) )*(\w+)/;
const likePerson = 0.78;

function asksForPerson(words: readonly string[], text: string): boolean {
  if (askForPerson.some((pattern) => pattern.test(text))) return true;
  const content = words.filter((word) => !isFunctionWord(word));
  if (content.length > 0 && content.every((word) => personWords.has(word)) && !countedPerson.test(text))
    return content.some((word) => personNouns.includes(word));
  const noun = talkTo.exec(text)?.[1];
  return (
    noun !== undefined && personNouns.some((known) => soundSimilarity(soundsOf(noun), soundsOf(known)) >= likePerson)
  );
}

/** Whether `main` is said and, apart from the courtesies in `also`, nothing else. */
function only(text: string, main: RegExp, ...also: readonly RegExp[]): boolean {
  const rest = text.replace(main, ' ');
  if (rest === text) return false;
  return [...also, beside].reduce((left, pattern) => left.replace(pattern, ' '), rest).trim() === '';
}

const leaveTaking = /^no\b.*\b(?:that is (?:all|it|everything)|that will be all|nothing else|good ?bye|bye)$/;
/** Longer sentences that begin and end so have something to say in between. */
const shortLeaveTaking = 7;

/** Recognisers are wrong about most words below this. */
const sureFrom = 0.3;

interface Rule {
  readonly act: DialogueAct;
  readonly fits: (utterance: Utterance) => boolean;
}

/** The first rule that fits decides. A courtesy never hides a question: "thanks, and where are you?" asks where. */
const dialogueRules: readonly Rule[] = [
  {
    act: 'person',
    fits: ({ text, sureWords }) => !aboutItself.test(text) && asksForPerson(sureWords, sureWords.join(' ')),
  },
  { act: 'about_itself', fits: ({ text }) => aboutItself.test(text) },
  // "No, that's all" and, after "anything else?", a bare "no" end the call.
  { act: 'goodbye', fits: ({ text }) => only(text, goodbye, thanks, no, yes, greeting) },
  {
    act: 'goodbye',
    fits: ({ text, question }) => question?.kind === 'anything_else' && only(text, no, thanks, goodbye),
  },
  { act: 'goodbye', fits: ({ text }) => /^(?:by|buy|bye)$/.test(text) },
  // "No thanks, that's all" with a misheard word in the middle.
  { act: 'goodbye', fits: ({ words, text }) => words.length <= shortLeaveTaking && leaveTaking.test(text) },
  { act: 'yes', fits: ({ text }) => only(text, yes, thanks) },
  // "Okay" and "please" are courtesies elsewhere, and an answer to a question of ours.
  {
    act: 'yes',
    fits: ({ text, question }) =>
      question !== undefined && agreeing.test(text) && text.replace(beside, ' ').trim() === '',
  },
  { act: 'no', fits: ({ text }) => only(text, no, thanks) },
  { act: 'thanks', fits: ({ text }) => only(text, thanks, greeting) },
  { act: 'greeting', fits: ({ text }) => only(text, greeting) },
  { act: 'repeat', fits: ({ text }) => only(text, repeat, thanks, no) },
  { act: 'wait', fits: ({ text }) => only(text, wait, repeat) },
  { act: 'nothing', fits: ({ words }) => words.every((word) => emptyWords.has(word)) },
];

/** Of these alone nothing can be understood. "Where are you" and "when" are questions, so question words are not here. */
const emptyWords = new Set(
  'a an the and or but so well like you know i am it is to of in on at for with just ok okay right then now please do can could would me my we us be that this yes no if as'.split(
    ' ',
  ),
);

export function dialogueActOf(said: readonly SaidWord[], question: OwnQuestion | undefined): DialogueAct {
  const words = said.map(({ word }) => word);
  const sureWords = said.filter(({ confidence }) => confidence >= sureFrom).map(({ word }) => word);
  const utterance = { words, text: words.join(' '), sureWords, question };
  return dialogueRules.find(({ fits }) => fits(utterance))?.act ?? 'question';
}
