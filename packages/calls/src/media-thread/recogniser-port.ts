/** A recogniser used over a MessagePort: the media thread opens streams, the engine's thread hears them. */
import type { MessagePort } from 'node:worker_threads';
import type {
  Expectation,
  Recogniser,
  RecogniserEvent,
  RecogniserOptions,
  RecogniserStream,
  Vocabulary,
} from '@dialplane/speech';

type Command =
  | { readonly type: 'open'; readonly stream: number; readonly sampleRate: 8000 | 16000; readonly vocabularyId: string }
  | { readonly type: 'audio'; readonly stream: number; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly type: 'configure'; readonly stream: number; readonly expect: Expectation }
  | { readonly type: 'forceEnd' | 'cancel' | 'close'; readonly stream: number };
type Answer = { readonly stream: number; readonly event: RecogniserEvent };

/**
 * Lets the other end of `port` use `recogniser`.
 * @param findVocabulary vocabularies stay on this side; calls name them by id.
 */
export function serveRecogniser(
  port: MessagePort,
  recogniser: Recogniser,
  findVocabulary: (id: string) => Vocabulary | undefined,
): void {
  const streams = new Map<number, RecogniserStream>();
  port.on('message', (command: Command) => {
    const { stream } = command;
    if (command.type === 'open') {
      const onEvent = (event: RecogniserEvent) => port.postMessage({ stream, event } satisfies Answer);
      const vocabulary = findVocabulary(command.vocabularyId) ?? { id: command.vocabularyId, sentences: [] };
      streams.set(stream, recogniser.open({ sampleRate: command.sampleRate, vocabulary, onEvent }));
      return;
    }
    const open = streams.get(stream);
    if (!open) return;
    if (command.type === 'audio') open.audio(command.samples);
    else if (command.type === 'configure') open.configure(command.expect);
    else open[command.type]();
    if (command.type === 'close') streams.delete(stream);
  });
  port.on('close', () => {
    for (const open of streams.values()) open.close();
  });
}

/** The recogniser at the other end of `port`. */
export function recogniserOver(port: MessagePort, identity: { name: string; acceptAbove: number }): Recogniser {
  const listeners = new Map<number, RecogniserOptions['onEvent']>();
  let lastStream = 0;
  port.on('message', ({ stream, event }: Answer) => listeners.get(stream)?.(event));
  const post = (command: Command, transfer: ArrayBuffer[] = []) => port.postMessage(command, transfer);

  return {
    ...identity,
    open({ sampleRate, vocabulary, onEvent }) {
      const stream = ++lastStream;
      listeners.set(stream, onEvent);
      post({ type: 'open', stream, sampleRate, vocabularyId: vocabulary.id });
      return {
        audio(samples) {
          // A copy that owns its whole buffer can be moved; a view into a ring buffer cannot.
          const owned = new Int16Array(samples);
          post({ type: 'audio', stream, samples: owned }, [owned.buffer]);
        },
        forceEnd: () => post({ type: 'forceEnd', stream }),
        cancel: () => post({ type: 'cancel', stream }),
        configure: (expect) => post({ type: 'configure', stream, expect }),
        close() {
          listeners.delete(stream);
          post({ type: 'close', stream });
        },
      };
    },
  };
}
