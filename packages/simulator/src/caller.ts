/** A simulated caller: a telephone that dials, listens, says its lines, and measures how long it waits for the replies. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedNowMs } from '@dialplane/rtp';
import { createSipEndpoint, type NegotiatedAudio, type OutgoingCall, type SipEndpoint } from '@dialplane/sip';
import * as endings from './call-endings.ts';
import { CallNotes } from './call-notes.ts';
import type { CallerEvent, CallOptions } from './call-options.ts';
import type { CallEnding, CallReport } from './call-report.ts';
import { type PreparedLine, prepareLines, prepareNoise } from './caller-lines.ts';
import { type CallerMedia, openCallerMedia } from './caller-media.ts';
import { dial } from './caller-signalling.ts';
import { type CallerAction, type CallerState, type CallerStimulus, callerStep } from './caller-state.ts';
import { localAddressTowards } from './local-address.ts';
import { openSessionHistory, type SessionHistory } from './session-history.ts';

/** Servers say at once that they have an INVITE; after this long it has been lost several times, so nobody is there. */
const SERVER_PATIENCE_MS = 5000;

/** Callers give up a phone that only rings after about half a minute. */
const ANSWER_PATIENCE_MS = 35_000;

/** An agent that has not said a word by then does not greet. */
const GREETING_PATIENCE_MS = 6000;

/** Less than the 8 s after which an agent asks whether anybody is there: that would be no reply. */
const REPLY_PATIENCE_MS = 7000;

/** The words of a reply are stored before the caller is sure of its end; this is for a busy machine. */
const WORDS_PATIENCE_MS = 1000;

/** A hang-up nobody answers is given up, so that the caller does not hang itself. */
const HANG_UP_PATIENCE_MS = 3000;

/**
 * Makes the call and resolves with its report when it is over, whatever became of it, within `timeoutMs` and the few seconds a
 * hang-up takes. Rejects with AudioError, SpeechError or UnreadableRecording for a line that cannot be made into sound, with
 * the system's error for a server name, a port or an output file that cannot be used.
 */
export async function placeCall(options: CallOptions): Promise<CallReport> {
  const { host, port } = options.server;
  const lines = await prepareLines(options.lines, options.synthesiser, options.voice);
  const background = options.noise && (await prepareNoise(options.noise, lines, options.synthesiser));
  const address = await localAddressTowards(host, port);
  const call = new SimulatedCall(options, lines);
  const endpoint = await createSipEndpoint({ host: address, port: 0, userAgent: 'Dialplane simulated caller' });
  try {
    const media = await openCallerMedia(address, background, call);
    try {
      return await call.run(endpoint, { address, media });
    } finally {
      await media.close();
    }
  } finally {
    await Promise.race([endpoint.close(), sleep(HANG_UP_PATIENCE_MS)]);
  }
}

class SimulatedCall {
  readonly #options: CallOptions;
  readonly #lines: readonly PreparedLine[];
  readonly #notes: CallNotes;
  readonly #over = Promise.withResolvers<void>();
  #state: CallerState = 'calling';
  #media: CallerMedia | undefined;
  #sip: OutgoingCall | undefined;
  #history: SessionHistory | undefined;
  #patience: NodeJS.Timeout | undefined;
  #serverIsThere = false;
  /** A line was begun and its turn is not told as over yet. */
  #lineIsOpen = false;
  /** The words of the turn before, while they are looked up. */
  #words: Promise<void> = Promise.resolve();

  constructor(options: CallOptions, lines: readonly PreparedLine[]) {
    this.#options = options;
    this.#lines = lines;
    this.#notes = new CallNotes(options);
  }

  async run(endpoint: SipEndpoint, { address, media }: { address: string; media: CallerMedia }): Promise<CallReport> {
    const { timeoutMs, signal, output } = this.#options;
    this.#media = media;
    const giveUp = () => this.#take('deadline');
    const deadline = setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      this.#notes.invitedMs = sharedNowMs();
      this.#wait(SERVER_PATIENCE_MS);
      this.#sip = dial(endpoint, this.#options, { address, port: media.port }, this);
      if (signal?.aborted) giveUp();
      await this.#over.promise;
    } finally {
      clearTimeout(deadline);
      clearTimeout(this.#patience);
      signal?.removeEventListener('abort', giveUp);
    }
    if (output !== undefined && media.recording) await writeFile(output, media.recording.wav());
    const { sent, received, lost, duplicate, jitterMs } = media.stats;
    return this.#notes.report({ sent, received, lost, duplicate, jitterMs: Math.round(jitterMs * 10) / 10 });
  }

  get #replyWithinMs(): number {
    return this.#options.replyWithinMs ?? REPLY_PATIENCE_MS;
  }

  // What the signalling tells.

  trying(): void {
    this.#serverIsThere = true;
    if (this.#state === 'calling') this.#wait(ANSWER_PATIENCE_MS);
  }

  ringing(): void {
    this.trying();
    if (this.#notes.ringingMs !== undefined) return;
    this.#notes.ringingMs = sharedNowMs();
    this.#tell({ type: 'ringing', afterMs: this.#notes.ringingMs - this.#notes.invitedMs });
  }

  answered(audio: NegotiatedAudio | undefined, sessionId: string | null): void {
    if (!audio) {
      this.#notes.ending = { by: 'caller', status: null, sentence: endings.answeredWithoutAudio() };
      this.#take('deadline');
      return;
    }
    this.#notes.answeredMs = sharedNowMs();
    this.#notes.sessionId = sessionId;
    this.changed(audio);
    if (this.#options.history && sessionId !== null) {
      this.#history = openSessionHistory(this.#options.history, sessionId);
      void this.#history.skipEarlier();
    }
    this.#tell({ type: 'answered', afterMs: this.#notes.answeredMs - this.#notes.invitedMs, sessionId });
    this.#take('answered');
  }

  changed(audio: NegotiatedAudio): void {
    this.#media?.connect(audio);
  }

  refused(status: number, reason: string): void {
    this.#notes.ending ??= { by: 'server', status, sentence: endings.refused(status, reason) };
    this.#take('refused');
  }

  ended(byUs: boolean): void {
    const unsaid = this.#lines.length - this.#notes.linesBegun;
    if (!byUs) this.#notes.ending ??= { by: 'agent', status: null, sentence: endings.agentHungUp(unsaid) };
    this.#take('agent_hung_up');
  }

  // What the media tells.

  began(onsetMs: number): void {
    this.#notes.agentBegan(onsetMs);
    this.#take('agent_began');
  }

  finished(): void {
    this.#take('agent_finished');
  }

  lineSaid(atMs: number): void {
    this.#notes.said(atMs);
    this.#take('line_said');
  }

  failed(error: unknown): void {
    this.#over.reject(error);
  }

  // What the caller does.

  #take(stimulus: CallerStimulus): void {
    const from = this.#state;
    const { to, action } = callerStep(from, stimulus);
    this.#state = to;
    if (to !== from) clearTimeout(this.#patience);
    this.#do(action, from, stimulus);
  }

  #do(action: CallerAction, from: CallerState, stimulus: CallerStimulus): void {
    if (action === 'await_greeting') this.#wait(GREETING_PATIENCE_MS);
    else if (action === 'say_next') this.#run(this.#sayNext(from));
    else if (action === 'await_reply') this.#awaitReply();
    else if (action === 'note_reply') this.#noteReply();
    else if (action === 'hang_up') this.#run(this.#hangUp(from, stimulus));
    else if (action === 'finish') this.#run(this.#finish(from));
  }

  async #sayNext(from: CallerState): Promise<void> {
    this.#words = this.#noteAgentWords(from);
    await this.#words;
    if (this.#state !== 'talking') return;
    const line = this.#lines[this.#notes.linesBegun];
    if (line === undefined) {
      this.#take('nothing_left');
      return;
    }
    this.#notes.begin(line);
    this.#lineIsOpen = true;
    this.#tell({ type: 'saying', kind: line.kind, said: line.text });
    // A recording of nothing is over as soon as it begins.
    if (line.kind !== 'digits' && line.speechTo === 0) this.lineSaid(sharedNowMs());
    else this.#media?.say(line);
  }

  #awaitReply(): void {
    // An agent that began in the middle of the line and still speaks is replying already.
    if (this.#media?.agentSpeaks) this.#take('agent_began');
    else this.#wait(this.#replyWithinMs);
  }

  #noteReply(): void {
    const speech = this.#media?.agentSpeech;
    if (speech) this.#notes.replyBegan(speech.onsetMs);
  }

  async #hangUp(from: CallerState, stimulus: CallerStimulus): Promise<void> {
    this.#notes.ending ??= this.#endingOf(from, stimulus);
    await this.#closeTurn(from);
    await Promise.race([this.#sip?.hangup({ sipCause: 200, q850Cause: 16 }), sleep(HANG_UP_PATIENCE_MS)]);
    this.#take('left');
  }

  async #finish(from: CallerState): Promise<void> {
    await this.#closeTurn(from);
    this.#over.resolve();
  }

  /** The call ends in the middle of a turn: what there is of it is told. */
  async #closeTurn(from: CallerState): Promise<void> {
    await this.#words;
    if (from === 'greeting' || this.#lineIsOpen) await this.#noteAgentWords(from);
  }

  /** Notes down and tells what the agent said in the turn that is over: the greeting, or the reply to a line. */
  async #noteAgentWords(from: CallerState): Promise<void> {
    const speech = from === 'greeting' || from === 'listening' ? this.#media?.agentSpeech : undefined;
    this.#lineIsOpen = false;
    const text = speech && (await this.#history?.newAgentWords(WORDS_PATIENCE_MS));
    if (from === 'greeting') {
      this.#tell({ type: 'greeted', ...this.#notes.greeted(speech, text ?? null) });
      return;
    }
    const turn = this.#notes.replied(speech, text ?? null);
    if (turn) this.#tell({ type: 'turn_over', turn });
  }

  #wait(patienceMs: number): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#take('patience_over'), patienceMs);
  }

  /** Nobody waits for this work; what goes wrong in it ends the call. */
  #run(work: Promise<void>): void {
    work.catch((error: unknown) => this.#over.reject(error));
  }

  #tell(event: CallerEvent): void {
    this.#options.onEvent?.(event);
  }

  #endingOf(from: CallerState, stimulus: CallerStimulus): CallEnding {
    const { signal, timeoutMs } = this.#options;
    const byCaller = (sentence: string): CallEnding => ({ by: 'caller', status: null, sentence });
    if (stimulus === 'nothing_left') return byCaller(endings.saidAll);
    if (signal?.aborted) return byCaller(endings.interrupted);
    const isImpatient = stimulus === 'patience_over';
    if (from === 'waiting' && isImpatient)
      return byCaller(endings.noReply(this.#replyWithinMs, this.#media?.stats.received ?? 0));
    const sentence = from === 'calling' ? this.#notAnsweredSentence(isImpatient) : endings.tookTooLong(timeoutMs);
    return { by: 'deadline', status: null, sentence };
  }

  #notAnsweredSentence(isImpatient: boolean): string {
    const { server, timeoutMs } = this.#options;
    const address = `${server.host}:${server.port}`;
    if (!this.#serverIsThere) return endings.nobodyThere(address);
    return endings.notAnswered(address, isImpatient ? ANSWER_PATIENCE_MS : timeoutMs);
  }
}
