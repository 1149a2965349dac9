/** Every sentence the embedded answerer says besides the stored passages, and how it knows its own questions again. */

export const phrases = {
  greeting: 'Hello! How can I help you?',
  welcome: "You're welcome. Is there anything else I can help you with?",
  anythingElse: 'Is there anything else I can help you with?',
  unknown: "I'm not sure about that. Would you like me to ask a colleague to call you back?",
  notCaught: "Sorry, I didn't catch that. What would you like to know?",
  whatToKnow: 'All right. What would you like to know?',
  stillHere: "Yes, I'm here. How can I help you?",
  nothingToRepeat: "I haven't said anything yet. How can I help you?",
  takeYourTime: 'Of course, take your time.',
  automated:
    "I'm an automated assistant. I can answer questions, or ask a colleague to call you back. What would you like to know?",
  callBack: 'I have noted that you would like to talk to a person, and the team will call you back at this number.',
  goodbye: 'Thank you for calling. Goodbye!',
} as const;

export const callOurselves = (number: string): string =>
  `I have noted that you would like to talk to a person. You can reach the team at ${number}.`;

export const whichOne = (first: string, second: string): string =>
  `Do you mean ${lowerFirst(first)} or ${lowerFirst(second)}?`;
export const thisOne = (title: string): string => `Do you mean ${lowerFirst(title)}?`;

/** "Opening hours" is spoken in the middle of a sentence; "VIP club" keeps its capitals. Titles that ask end here. */
function lowerFirst(title: string): string {
  const plain = title.replace(/[?.!:]+$/, '');
  return /^[A-Z][a-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
}

/** A question the agent asked in its last turn. */
export type OwnQuestion =
  | { readonly kind: 'anything_else' }
  | { readonly kind: 'offer_person' }
  | { readonly kind: 'still_there' }
  | { readonly kind: 'which' | 'this'; readonly meant: string };

/**
 * Reads the agent's open question off its last turn, as far as that was heard: an interrupted "Would you like me to ask a
 * colleague" is still understood as the offer.
 */
export function ownQuestion(lastAgentText: string): OwnQuestion | undefined {
  const tail = lastAgentText.toLowerCase();
  if (tail.includes('ask a colleague') && !tail.includes('what would you like to know'))
    return { kind: 'offer_person' };
  if (/anything else i\b/.test(tail)) return { kind: 'anything_else' };
  if (/still there\?$/.test(tail.trim())) return { kind: 'still_there' };
  const meant = /do you mean (.+?)\??$/.exec(tail.trim())?.[1];
  if (meant !== undefined) return { kind: meant.includes(' or ') ? 'which' : 'this', meant };
  return undefined;
}
