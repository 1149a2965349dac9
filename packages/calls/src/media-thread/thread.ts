/** Entry of a media thread: RTP sockets, the 20 ms clock, voice activity and the conversations of its calls. */
import { parentPort, workerData } from 'node:worker_threads';
import { Ambience, GuardedDetector, loadNoiseSuppression, loadSilero, SpeechDetector } from '@dialplane/audio';
import { createConversation, type Model, type ModelEvent } from '@dialplane/conversation';
import { createMediaClock, createPortPool, openRtpLeg, PortRangeExhausted, setThreadPriority } from '@dialplane/rtp';
import type { SpeechChunk, Synthesiser } from '@dialplane/speech';
import { RecorderPort } from '../recording/recorder-port.ts';
import { type Announcement, Announcer } from './announcement.ts';
import { CleanHearing } from './clean-hearing.ts';
import { MediaCall, type Talker } from './media-call.ts';
import type { FromMediaThread, MediaThreadSetup, ToMediaThread } from './protocol.ts';
import { recogniserOver } from './recogniser-port.ts';
import { createStreamClient } from './stream-port.ts';

if (!parentPort) throw new Error('The media thread is started by the media pool, not by itself.');
const main = parentPort;
setThreadPriority('media');
const setup = workerData as MediaThreadSetup;
const post = (message: FromMediaThread) => main.postMessage(message);

const streams = createStreamClient(setup.streams);
const synthesiser: Synthesiser = {
  ...setup.synthesiser,
  synthesise: (request, signal) => streams.stream('synthesise', request, signal) as AsyncIterable<SpeechChunk>,
};
const model: Model = {
  name: setup.model,
  stream: (request, signal) => streams.stream('model', request, signal) as AsyncIterable<ModelEvent>,
};
const recogniser = setup.recogniser && recogniserOver(setup.recogniser.port, setup.recogniser);
const recorder = setup.recorder && new RecorderPort(setup.recorder);
const [silero, suppression] = await Promise.all([loadSilero(), loadNoiseSuppression()]);
const pool = createPortPool({ host: setup.host, min: setup.portMin, max: setup.portMax });
const clock = createMediaClock({
  // A call catches its own exceptions; what arrives here is a fault of the clock itself.
  onError: (error) => {
    throw error;
  },
});
const calls = new Map<string, MediaCall>();

main.on('message', (message: ToMediaThread) => {
  if (message.type === 'open') {
    void open(message.call, (call) => talk(call, message));
    return;
  }
  if (message.type === 'open_announcement') {
    void open(message.call, (call) => announce(message.call, call, message.announcement));
    return;
  }
  if (message.type === 'new_recorder') {
    recorder?.replace(message.port);
    return;
  }
  const call = calls.get(message.call);
  if (!call) return;
  try {
    if (message.type === 'start') {
      call.start(message);
      if (recorder && message.recording) call.recordTo(recorder, message.recording);
    } else if (message.type === 'pause_recording') call.pauseRecording(message.by);
    else if (message.type === 'resume_recording') call.resumeRecording(message.by);
    else if (message.type === 'connect') call.connect(message);
    else if (message.type === 'press') call.pressDigits(message.digits);
    else if (message.type === 'signalled_digit') call.signalledDigit(message.digit, message.sentBy);
    else if (message.type === 'peer_answered') call.peerAnswered();
    else if (message.type === 'say') call.say(message.text);
    else call.stop(message.reason, message.sipCode);
  } catch (error) {
    fail(message.call, error);
  }
  if (message.type === 'stop') {
    calls.delete(message.call);
    post({ type: 'closed', call: message.call });
  }
});
post({ type: 'ready' });

/** Reserves a port for a call and makes ready who speaks in it. */
async function open(id: string, makeTalker: (call: MediaCall) => Talker): Promise<void> {
  try {
    // The leg and the call need each other: packets can only arrive once the port is told, after both exist.
    let call: MediaCall | undefined;
    const leg = await openRtpLeg({
      pool,
      handlers: {
        onSound: (packet, header, arrivedMs) => call?.onSound(packet, header, arrivedMs),
        onNewStream: () => call?.onNewStream(),
        onDigit: (digit) => call?.onDigit(digit),
        onError: (error) => call?.onError(error),
      },
    });
    const engines = { recogniser: recogniser?.name ?? null, synthesiser: synthesiser.name, model: model.name };
    const opened = new MediaCall(leg, clock, engines, {
      events: (events) => post({ type: 'events', call: id, events }),
      failed: (error) => fail(id, error),
      silent: (ending) => post({ type: 'silent', call: id, ending }),
    });
    call = opened;
    calls.set(id, opened);
    opened.converse(makeTalker(opened));
    post({ type: 'opened', call: id, port: leg.localPort });
  } catch (error) {
    const code = error instanceof PortRangeExhausted ? 'range_exhausted' : 'failed';
    post({ type: 'open_failed', call: id, code, message: error instanceof Error ? error.message : String(error) });
  }
}

function talk(
  call: MediaCall,
  { call: id, settings, vocabularyId, history, noiseSuppression, ambience }: Extract<ToMediaThread, { type: 'open' }>,
): Talker {
  if (ambience) {
    const { preset, levelDbfs } = ambience;
    call.surround(new Ambience(preset, { rateHz: 8000, levelDbfs, startAt: Math.random() }));
  }
  const detector = new SpeechDetector(silero);
  const guarded = new GuardedDetector(detector);
  call.onRelease(() => detector.close());
  const conversation = createConversation({
    callId: id,
    settings,
    recogniser,
    vocabulary: { id: vocabularyId, sentences: [] },
    synthesiser,
    model,
    detector: guarded,
    history,
    nowMs: () => call.nowMs(),
    emit: (event) => call.record(event),
    onEnd: (end) => post({ type: 'conversation_over', call: id, end }),
  });
  return new CleanHearing({ noiseSuppression, suppression, detector, guarded, conversation });
}

function announce(id: string, call: MediaCall, announcement: Announcement): Talker {
  return new Announcer({
    announcement,
    synthesiser,
    nowMs: () => call.nowMs(),
    emit: (event) => call.record(event),
    onEnd: (end) => post({ type: 'conversation_over', call: id, end }),
  });
}

function fail(id: string, error: unknown): void {
  post({ type: 'failed', call: id, error: error instanceof Error ? error : new Error(String(error)) });
}
