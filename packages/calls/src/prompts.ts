import { type ConversationSettings, fixedSentences } from '@dialplane/conversation';
import type { Synthesiser } from '@dialplane/speech';
import type { Logger } from './call-service.ts';

/** Calls ring no longer than this for a greeting that is not made yet: rather a late first word than an unanswered call. */
const longestWaitMs = 1500;
/** The rate calls are synthesised at. */
const sampleRate = 8000;

export interface Prompts {
  /**
   * Resolves when the greeting's first words can be heard at once. What else the agent says whatever callers say is made
   * in the background, once for each agent.
   */
  ready(settings: ConversationSettings): Promise<void>;
  /** Gives up what is being made in the background. */
  stop(): void;
}

/** @param synthesiser one that keeps what it made. */
export function createPrompts(synthesiser: Synthesiser, hasRecogniser: boolean, log: Logger): Prompts {
  const made = new Set<string>();
  const background = new AbortController();

  async function make(text: string, voice: string, signal: AbortSignal): Promise<void> {
    for await (const _ of synthesiser.synthesise({ text, voice, sampleRate }, signal));
  }

  return {
    async ready(settings) {
      const [greeting, ...others] = fixedSentences(settings, hasRecogniser);
      const key = JSON.stringify([settings.voice, greeting, ...others]);
      if (greeting === undefined) return;
      try {
        await make(greeting, settings.voice, AbortSignal.timeout(longestWaitMs));
        if (made.has(key)) return;
        made.add(key);
        void makeAll(others, settings.voice);
      } catch (error) {
        // The conversation meets the same failure, and has words for it.
        log.error({ err: error, agentId: settings.agentId }, 'a greeting could not be synthesised');
      }
    },
    stop: () => background.abort(),
  };

  /** One after the other, so that answers in calls are never far behind in the voice's queue. */
  async function makeAll(texts: readonly string[], voice: string): Promise<void> {
    try {
      for (const text of texts) await make(text, voice, background.signal);
    } catch (error) {
      log.warn({ err: error }, 'a prompt could not be synthesised ahead of time');
    }
  }
}
