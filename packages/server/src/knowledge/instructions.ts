/**
 * What of an agent's instruction text may be spoken as an answer. Instructions mix facts, scripted answers and manners:
 * "Q: Do you deliver? A: Yes, within ten miles." and "If asked about parking, say that it is free." hold answers,
 * "We are closed on Mondays." is a fact, "Be polite." is addressed to the agent and is never spoken.
 */
import { passagesOf } from './passages.ts';
import { speakableSentences } from './sentences.ts';

export interface InstructionPassage {
  /** The question or subject it answers; empty for plain facts. */
  readonly title: string;
  readonly text: string;
}

const questionAndAnswer =
  /(?:^|\n)\s*(?:q|question)\s*[:.)-]\s*([\s\S]+?)\s*(?:\n|\s)\s*(?:a|answer)\s*[:.)-]\s*([\s\S]+?)(?=\n\s*(?:q|question)\s*[:.)-]|\s(?:q|question):|\n\s*\n|$)/gi;

const asked =
  /^(?:if|when|whenever|in case|should)\s+(?:(?:you\s+are|you're|a|an|any|the|someone|somebody|anyone|caller|callers|customer|customers|user|users|people|they|he|she)\s+)*(?:(?:is|are|gets?)\s+)?(?:asks?|asked|asking|wants?\s+to\s+know|inquires?|enquires?)\s+(?:(?:you|us|for|about|if|whether|what)\s+)*(.+?)(?:,|:|\s-)\s*(?:then\s+)?(?:please\s+)?(?:say|answer|reply|respond|tell|explain|inform|let)\s*(?:(?:to\s+)?(?:them|the\s+(?:caller|customer|user)|him|her|people)\s+)?(?:know\s+)?(?:with\s+)?(?:that\s+)?:?\s*(.+)$/i;

/** Words addressed to the agent, about its manners or about the caller. */
const addressed =
  /\b(?:caller|callers|the customer|the user|your tone|your name is|you are|you're|you must|you should|you will|your job|your role|your task|as an? (?:ai|assistant|agent)|persona|prompt|the agent|this call|the call|conversation|respond|responses?|answers? short)\b/i;

/** Verbs an order begins with. A fact about the business begins with its subject. */
const orders =
  /^(?:please\s+|also\s+|and\s+|then\s+)*(?:be|always|never|do|don't|act|speak|say|talk|greet|ask|answer|reply|respond|tell|keep|use|avoid|try|make|ensure|remember|stay|remain|offer|confirm|collect|check|verify|repeat|introduce|sound|focus|follow|refer|transfer|escalate|mention|give|provide|explain|apologi[sz]e|thank|end|start|begin|listen|wait|let|help|limit|pretend|mind|treat|only|if|when|whenever|unless|before|after|under no|in case|do not|your|you)\b/i;

const sentenceCased = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** Quotation marks around or in a scripted answer are not spoken. */
const unquoted = (text: string): string => text.replace(/["“”]|^['‘]|['’](?=[.!?]?$)/g, '').trim();
const finished = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Whether a sentence may be said to a caller as a statement about the business. */
const isFact = (sentence: string): boolean =>
  !sentence.endsWith('?') && !orders.test(sentence) && !addressed.test(sentence);

/** The spoken parts of one instruction text, in order. */
export function instructionPassages(instruction: string): InstructionPassage[] {
  const passages: InstructionPassage[] = [];
  let rest = instruction;
  for (const [whole, question = '', answer = ''] of instruction.matchAll(questionAndAnswer)) {
    for (const text of passagesOf(answer)) passages.push({ title: question.trim().replace(/\s+/g, ' '), text });
    rest = rest.replace(whole, '\n\n');
  }
  const facts: string[] = [];
  for (const sentence of speakableSentences(rest)) {
    const [, subject, answer] = asked.exec(sentence) ?? [];
    if (subject !== undefined && answer !== undefined) {
      passages.push({ title: sentenceCased(subject.trim()), text: finished(sentenceCased(unquoted(answer))) });
    } else if (isFact(sentence)) {
      facts.push(sentence);
    }
  }
  for (const text of passagesOf(facts.join(' '))) passages.push({ title: '', text });
  return passages;
}
