import { clausesOf } from './clauses.ts';
import { menuAnswer, menuText } from './keypad.ts';
import { openingText } from './opening.ts';
import { phrases } from './phrases.ts';
import type { ConversationSettings } from './settings.ts';

/** The keys of a phone. */
const keys = [...'0123456789*#'];

/**
 * The texts an agent asks its synthesiser for whatever callers say, cut as the conversation cuts them: greeting, prompts,
 * apologies, goodbyes, and the keypad menu where there is no recogniser. For warming a prompt cache.
 */
export function fixedSentences(settings: ConversationSettings, hasRecogniser: boolean): string[] {
  const { silencePrompts, menu } = settings;
  const texts = [openingText(settings), ...silencePrompts, ...Object.values(phrases).flat()];
  if (!hasRecogniser && menu.length > 0) {
    texts.push(menuText(menu), ...keys.map((key) => menuAnswer(menu, key)));
  }
  return [...new Set(texts.flatMap(clausesOf))];
}
