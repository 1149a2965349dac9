/** What the answerer does with a caller's turn: words to say, what it expects back, and tools to use. */
import type { ModelPassage, ModelTurn } from '@dialplane/conversation';
import type { AgentKnowledge } from './agent-knowledge.ts';
import type { Corpus, Passage, Topic } from './corpus.ts';
import { type Decision, decide, spokenTogether } from './decide.ts';
import { type DialogueAct, dialogueActOf } from './dialogue-acts.ts';
import { focusOf, meantTopics } from './dialogue-context.ts';
import { type HeardTerm, heardTerms } from './hearing.ts';
import { callOurselves, type OwnQuestion, ownQuestion, phrases, thisOne, whichOne } from './phrases.ts';
import { type Question, questionOf, type SaidWord, saidWords } from './question.ts';
import { type RankedPassage, rankPassages } from './rank.ts';

export interface Reply {
  /** Which rule decided. */
  readonly rule: string;
  readonly passages: readonly ModelPassage[];
  readonly text: string;
  readonly expect: 'open' | 'yes_no';
  /** A person is wanted, for this reason. */
  readonly requestPerson?: string;
  readonly endCall?: boolean;
}

/** Finds the passages that may answer; the store's full text in a call. */
export type FindPassages = (terms: readonly HeardTerm[]) => Promise<readonly Passage[]>;

/** Passages reported with their scores in the call record: enough to see what an answer won against. */
const reported = 5;

const said = (rule: string, text: string, expect: Reply['expect'] = 'open'): Reply => ({
  rule,
  text,
  expect,
  passages: [],
});

interface Turn {
  readonly asked: string;
  readonly heard: readonly SaidWord[];
  /** What the caller asked before our last question. */
  readonly before: string;
  readonly agentSaid: string;
  readonly question: OwnQuestion | undefined;
}

function readTurns(turns: readonly ModelTurn[]): Turn {
  const last = turns.findLastIndex(({ role }) => role === 'caller');
  const agentAt = turns.slice(0, last).findLastIndex(({ role }) => role === 'agent');
  const agentSaid = turns[agentAt]?.text ?? '';
  const before = turns.slice(0, Math.max(agentAt, 0)).findLast(({ role }) => role === 'caller')?.text ?? '';
  const caller: ModelTurn = turns[last] ?? { role: 'caller', text: '' };
  return { asked: caller.text, heard: saidWords(caller), before, agentSaid, question: ownQuestion(agentSaid) };
}

export async function replyTo(
  turns: readonly ModelTurn[],
  { agent, corpus }: AgentKnowledge,
  find: FindPassages,
): Promise<Reply> {
  const turn = readTurns(turns);
  const act = dialogueActOf(turn.heard, turn.question);
  const { question } = turn;
  if (question?.kind === 'which' || question?.kind === 'this') {
    const topics = meantTopics(question.meant, turn.asked, act, corpus);
    const [topic] = topics;
    if (topic !== undefined && topics.length === 1) {
      const both = [...saidWords({ text: turn.before }), ...turn.heard];
      return answerAbout(topic, both, corpus);
    }
    if (topics.length === 2 && act === 'yes')
      return { ...said('which', `${turn.agentSaid.replace(/^.*do you mean/i, 'Do you mean')}`) };
  }
  if (act === 'question') return answerQuestion(turn, corpus, find);
  return courtesies[act](turn, agent.handoffPhoneNumber, corpus);
}

type Courtesy = (turn: Turn, handoffPhoneNumber: string | null, corpus: Corpus) => Reply;

function noted(reason: string, handoffPhoneNumber: string | null): Reply {
  const how = handoffPhoneNumber === null ? phrases.callBack : callOurselves(handoffPhoneNumber);
  return { ...said('person', `${how} ${phrases.anythingElse}`, 'yes_no'), requestPerson: reason };
}

const courtesies: Readonly<Record<Exclude<DialogueAct, 'question'>, Courtesy>> = {
  nothing: () => said('nothing_understood', phrases.notCaught),
  wait: () => said('wait', phrases.takeYourTime),
  greeting: () => said('greeting', phrases.greeting),
  thanks: () => said('thanks', phrases.welcome, 'yes_no'),
  about_itself: () => said('about_itself', phrases.automated),
  goodbye: () => ({ ...said('goodbye', phrases.goodbye), endCall: true }),
  person: ({ asked }, handoff) => noted(`"${asked}"`, handoff),
  yes: ({ question, before }, handoff) => {
    if (question?.kind === 'offer_person') return noted(`The caller asked: "${before}"`, handoff);
    if (question?.kind === 'still_there') return said('yes', phrases.stillHere);
    return said('yes', phrases.whatToKnow);
  },
  no: ({ question }) =>
    question?.kind === 'offer_person'
      ? said('no', `All right. ${phrases.anythingElse}`, 'yes_no')
      : said('no', phrases.whatToKnow),
  repeat: ({ agentSaid, question }, _, corpus) => {
    if (agentSaid === '') return said('repeat', phrases.nothingToRepeat);
    // What was cut off in the middle is said from its beginning.
    const cut = [...corpus.passages.values()].filter(({ text }) => agentSaid.includes(text.slice(0, startOfPassage)));
    const text = cut.length > 0 ? cut.map((passage) => passage.text).join(' ') : agentSaid;
    const closed = question?.kind === 'offer_person' || question?.kind === 'anything_else' || question?.kind === 'this';
    return { ...said('repeat', text, closed && cut.length === 0 ? 'yes_no' : 'open'), passages: reports([], cut) };
  },
};

/** Letters that tell one passage from another. */
const startOfPassage = 30;

async function answerQuestion(turn: Turn, corpus: Corpus, find: FindPassages): Promise<Reply> {
  const question = questionOf(turn.heard);
  const terms = heardTerms(question, corpus);
  const focus = focusOf(turn.agentSaid, question, corpus);
  const ranked = rankPassages(terms, question, await find(terms), corpus, focus);
  return spoken(decide(ranked), ranked, question);
}

function spoken(decision: Decision, ranked: readonly RankedPassage[], question: Question): Reply {
  switch (decision.kind) {
    case 'answer': {
      const text = decision.passages.map((passage) => passage.text).join(' ');
      return { ...said('knowledge', text), passages: reports(ranked, decision.passages) };
    }
    case 'which': {
      const [first, second] = decision.topics;
      return { ...said('which', whichOne(first.title, second.title)), passages: reports(ranked, []) };
    }
    case 'confirm':
      return { ...said('confirm', thisOne(decision.topic.title), 'yes_no'), passages: reports(ranked, []) };
    case 'unknown':
      return question.terms.length === 0
        ? said('nothing_understood', phrases.notCaught)
        : { ...said('unknown', phrases.unknown, 'yes_no'), passages: reports(ranked, []) };
  }
}

/** The caller has said which subject is meant: the best of it is said, or its beginning when nothing stands out. */
function answerAbout(topic: Topic, asked: readonly SaidWord[], corpus: Corpus): Reply {
  const question = questionOf(asked);
  const ranked = rankPassages(heardTerms(question, corpus), question, topic.passages, corpus);
  const [best] = ranked;
  const used = best === undefined || best.score === 0 ? topic.passages.slice(0, 1) : spokenTogether(ranked, best);
  return { ...said('chosen_subject', used.map(({ text }) => text).join(' ')), passages: reports(ranked, used) };
}

function reports(ranked: readonly RankedPassage[], used: readonly Passage[]): ModelPassage[] {
  const scores = new Map(ranked.map(({ passage, score }) => [passage, Math.min(1, Math.max(0, score))]));
  const rest = ranked.map(({ passage }) => passage).filter((passage) => !used.includes(passage));
  return [...used, ...rest].slice(0, Math.max(reported, used.length)).map((passage) => ({
    id: passage.id,
    title: passage.title,
    score: Math.round((scores.get(passage) ?? 1) * 1000) / 1000,
    used: used.includes(passage),
  }));
}
