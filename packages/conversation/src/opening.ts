import { phrases } from './phrases.ts';
import type { ConversationSettings } from './settings.ts';

/** What the agent says when the call is answered: its disclosure, then its first message. */
export function openingText(settings: Pick<ConversationSettings, 'disclosure' | 'firstMessage'>): string {
  const disclosure = settings.disclosure.trim();
  const firstMessage = settings.firstMessage.trim() || phrases.greeting;
  if (disclosure === '') return firstMessage;
  return `${finished(disclosure)} ${firstMessage}`;
}

/** Without an end of its own the disclosure would run on into the first message. */
const finished = (text: string): string => (/[.!?]["'”’)]?$/.test(text) ? text : `${text}.`);
