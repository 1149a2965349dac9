import { Refusal } from '../refusal.ts';
import type { AgentChanges } from './agent-settings.ts';

/**
 * Tells `language` and `languages` from whichever is given. `language` alone names all languages; `languages` alone
 * makes its first one the primary; with both, a single `language` is the primary one of `languages`.
 * @throws {Refusal} `validation_failed` when both are lists and differ.
 */
export function withLanguages(changes: AgentChanges): AgentChanges {
  const { language, languages } = changes;
  if (language === undefined && languages === undefined) return changes;
  if (languages === undefined) {
    if (typeof language === 'string') return { ...changes, languages: [language] };
    const list = distinct(language ?? []);
    return { ...changes, language: language ? list : null, languages: list };
  }
  if (typeof language === 'string') return { ...changes, languages: distinct([language, ...languages]) };
  const list = distinct(languages);
  if (!language) return { ...changes, language: list[0] ?? null, languages: list };
  if (language.join() === languages.join()) return { ...changes, language: list, languages: list };
  const detail = 'must be the same as language when that is a list';
  throw new Refusal('validation_failed', `Correct this and send the request again: /languages: ${detail}.`, [
    { pointer: '/languages', code: 'languages_differ', detail },
  ]);
}

const distinct = (list: readonly string[]): string[] => [...new Set(list)];
