/** The media threads as the main thread sees them: places calls by load, relays engines, notices a dead thread. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { SuppressionMode } from '@dialplane/audio';
import type { ConversationEnd, ConversationSettings, Model, ModelRequest, ModelTurn } from '@dialplane/conversation';
import { slicePortRange } from '@dialplane/rtp';
import type { Recogniser, Synthesiser, SynthesisRequest, Vocabulary } from '@dialplane/speech';
import type { AgentAmbience } from '../directory.ts';
import type { EndingReason } from '../endings.ts';
import type { CallEvent } from '../events.ts';
import type { SilentEnding } from '../media-verdict/silent-peer.ts';
import type { RecordingHolder } from '../recording/call-recording.ts';
import { type Recorder, type RecorderOptions, startRecorder } from '../recording/recorder.ts';
import type { Announcement } from './announcement.ts';
import type { FromMediaThread, MediaAgreement, MediaThreadSetup, StartMedia, ToMediaThread } from './protocol.ts';
import { serveRecogniser } from './recogniser-port.ts';
import { serveStreams } from './stream-port.ts';

/** Vocabularies kept for calls in progress: one for each version of an agent that recently took a call. */
const mostVocabularies = 1000;

/** The speech engines and the model calls are made of. */
export interface CallEngines {
  readonly recogniser: Recogniser | undefined;
  readonly synthesiser: Synthesiser;
  readonly model: Model;
}

export interface MediaPoolOptions {
  readonly host: string;
  readonly portMin: number;
  readonly portMax: number;
  readonly threads: number;
  readonly engines: CallEngines;
  readonly onThreadLost: (error: Error) => void;
  /** Undefined: no call is recorded. */
  readonly recordings?: RecorderOptions;
}

export interface MediaHandlers {
  readonly events: (events: readonly CallEvent[]) => void;
  readonly conversationOver: (end: ConversationEnd) => void;
  readonly failed: (error: Error) => void;
  /** The other side's sound is missing: to be asked in the signalling whether it is there. */
  readonly silent: (ending: SilentEnding) => void;
  /** Last message of a call: after `stop`, or because the thread died. */
  readonly closed: () => void;
}

export interface PlannedConversation {
  readonly settings: ConversationSettings;
  readonly vocabulary: Vocabulary;
  readonly history: readonly ModelTurn[];
  readonly noiseSuppression: SuppressionMode;
  readonly ambience?: AgentAmbience | undefined;
}

/** A call's place on a media thread. */
export interface MediaPlace {
  readonly localPort: number;
  start(media: StartMedia): void;
  connect(media: MediaAgreement): void;
  pressDigits(digits: string): void;
  /** A key in the signalling: of the caller, or sent to it. */
  signalledDigit(digit: string, sentBy: 'caller' | 'api'): void;
  /** It is there. */
  peerAnswered(): void;
  say(text: string): void;
  pauseRecording(by: RecordingHolder): void;
  resumeRecording(by: RecordingHolder): void;
  stop(reason: EndingReason, sipCode: number): void;
}

export class MediaRefused extends Error {
  readonly code: 'range_exhausted' | 'failed';

  constructor(code: MediaRefused['code'], message: string) {
    super(message);
    this.name = 'MediaRefused';
    this.code = code;
  }
}

/** A call in which nobody listens. */
export interface PlannedAnnouncement {
  readonly announcement: Announcement;
}

export interface MediaPool {
  open(call: string, plan: PlannedConversation | PlannedAnnouncement, handlers: MediaHandlers): Promise<MediaPlace>;
  /** Threads that run, and calls on each. */
  readonly load: readonly number[];
  close(): Promise<void>;
}

interface OpenCall {
  readonly handlers: MediaHandlers;
  opened: (place: MediaPlace) => void;
  refused: (error: MediaRefused) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly calls: Map<string, OpenCall>;
}

/** Threads are restarted when they die; their calls end with `closed`. Resolves when all threads are ready. */
export async function createMediaPool(options: MediaPoolOptions): Promise<MediaPool> {
  const vocabularies = new Map<string, Vocabulary>();
  const threads: Thread[] = [];
  let closing = false;
  const recorder = options.recordings && startPoolRecorder(options.recordings);

  threads.push(...(await Promise.all(Array.from({ length: options.threads }, (_, index) => startThread(index)))));

  function startPoolRecorder(recordings: RecorderOptions): Recorder {
    const started: Recorder = startRecorder({
      ...recordings,
      lost: (error) => {
        recordings.lost(error);
        for (const { worker } of threads) {
          const port = started.connect();
          const message: ToMediaThread = { type: 'new_recorder', port };
          worker.postMessage(message, [port]);
        }
      },
    });
    return started;
  }

  function remember(vocabulary: Vocabulary): void {
    vocabularies.delete(vocabulary.id);
    vocabularies.set(vocabulary.id, vocabulary);
    const oldest = vocabularies.keys().next();
    if (vocabularies.size > mostVocabularies && !oldest.done) vocabularies.delete(oldest.value);
  }

  async function startThread(index: number): Promise<Thread> {
    const streams = new MessageChannel();
    serveStreams(streams.port1, {
      synthesise: (request: SynthesisRequest, signal) => options.engines.synthesiser.synthesise(request, signal),
      model: (request: ModelRequest, signal) => options.engines.model.stream(request, signal),
    });
    const transfer = [streams.port2];
    let recogniser: MediaThreadSetup['recogniser'];
    if (options.engines.recogniser) {
      const channel = new MessageChannel();
      serveRecogniser(channel.port1, options.engines.recogniser, (id) => vocabularies.get(id));
      const { name, acceptAbove } = options.engines.recogniser;
      recogniser = { name, acceptAbove, port: channel.port2 };
      transfer.push(channel.port2);
    }
    const recorderPort = recorder?.connect();
    if (recorderPort) transfer.push(recorderPort);
    const slice = slicePortRange(options.portMin, options.portMax, index, options.threads);
    const setup: MediaThreadSetup = {
      host: options.host,
      portMin: slice.min,
      portMax: slice.max,
      synthesiser: { name: options.engines.synthesiser.name, voices: options.engines.synthesiser.voices },
      model: options.engines.model.name,
      streams: streams.port2,
      recogniser,
      recorder: recorderPort,
    };
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: setup,
      transferList: transfer,
      name: `media-${index}`,
    });
    const thread: Thread = { worker, calls: new Map() };
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromMediaThread) =>
        message.type === 'ready' ? resolve() : receive(thread, message),
      );
      worker.once('error', (error) => {
        reject(error);
        if (!closing) options.onThreadLost(error instanceof Error ? error : new Error(String(error)));
      });
      worker.once('exit', () => void replace(index, thread));
    });
    return thread;
  }

  async function replace(index: number, dead: Thread): Promise<void> {
    for (const { handlers, refused } of dead.calls.values()) {
      refused(new MediaRefused('failed', 'The media thread died.'));
      handlers.closed();
    }
    dead.calls.clear();
    if (closing || threads[index] !== dead) return;
    threads[index] = await startThread(index);
  }

  function receive(thread: Thread, message: Exclude<FromMediaThread, { type: 'ready' }>): void {
    const call = thread.calls.get(message.call);
    if (!call) return;
    const post = (command: ToMediaThread) => thread.worker.postMessage(command);
    switch (message.type) {
      case 'opened':
        call.opened({
          localPort: message.port,
          start: (media) => post({ type: 'start', call: message.call, ...media }),
          connect: (media) => post({ type: 'connect', call: message.call, ...media }),
          pressDigits: (digits) => post({ type: 'press', call: message.call, digits }),
          signalledDigit: (digit, sentBy) => post({ type: 'signalled_digit', call: message.call, digit, sentBy }),
          peerAnswered: () => post({ type: 'peer_answered', call: message.call }),
          say: (text) => post({ type: 'say', call: message.call, text }),
          pauseRecording: (by) => post({ type: 'pause_recording', call: message.call, by }),
          resumeRecording: (by) => post({ type: 'resume_recording', call: message.call, by }),
          stop: (reason, sipCode) => post({ type: 'stop', call: message.call, reason, sipCode }),
        });
        return;
      case 'open_failed':
        thread.calls.delete(message.call);
        call.refused(new MediaRefused(message.code, message.message));
        return;
      case 'events':
        call.handlers.events(message.events);
        return;
      case 'conversation_over':
        call.handlers.conversationOver(message.end);
        return;
      case 'silent':
        call.handlers.silent(message.ending);
        return;
      case 'failed':
        call.handlers.failed(message.error);
        return;
      case 'closed':
        thread.calls.delete(message.call);
        call.handlers.closed();
    }
  }

  return {
    open(call, plan, handlers) {
      if ('vocabulary' in plan) remember(plan.vocabulary);
      const thread = threads.reduce((least, one) => (one.calls.size < least.calls.size ? one : least));
      return new Promise<MediaPlace>((resolve, reject) => {
        thread.calls.set(call, { handlers, opened: resolve, refused: reject });
        thread.worker.postMessage(openMessage(call, plan));
      });
    },
    get load() {
      return threads.map((thread) => thread.calls.size);
    },
    async close() {
      closing = true;
      await Promise.all(threads.map((thread) => thread.worker.terminate()));
      await recorder?.close();
    },
  };
}

function openMessage(call: string, plan: PlannedConversation | PlannedAnnouncement): ToMediaThread {
  if ('announcement' in plan) return { type: 'open_announcement', call, announcement: plan.announcement };
  const { settings, vocabulary, history, noiseSuppression, ambience } = plan;
  return { type: 'open', call, settings, vocabularyId: vocabulary.id, history, noiseSuppression, ambience };
}
