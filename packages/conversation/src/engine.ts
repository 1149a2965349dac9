import { Answering } from './answering.ts';
import { CallLimit } from './call-limit.ts';
import type { Conversation, ConversationOptions } from './conversation.ts';
import type { ConversationSnapshot } from './conversation-snapshot.ts';
import { DialogueHistory } from './dialogue-history.ts';
import { Ear, type EarListener } from './ear.ts';
import type { ConversationEnd, ConversationEventBody } from './events.ts';
import { Failures } from './failures.ts';
import { Goodbye } from './goodbye.ts';
import { Interruption } from './interruption.ts';
import { Keypad } from './keypad.ts';
import { interruptible, type Machines } from './machines.ts';
import type { ReplyEvent } from './model-reply.ts';
import { Mouth } from './mouth.ts';
import type { MouthListener } from './mouth-options.ts';
import { openingText } from './opening.ts';
import { phrases } from './phrases.ts';
import { Silence } from './silence.ts';
import { restoreSpeech, snapshotSpeech } from './speech-snapshot.ts';
import { ToolRunner } from './tool-runner.ts';

/** Ties the machines together: frames, keys and clock come in, each finding goes to those it concerns. */
export class ConversationEngine implements Conversation {
  readonly #options: ConversationOptions;
  readonly #history: DialogueHistory;
  readonly #machines: Machines;
  readonly #keypad: Keypad;
  readonly #answering: Answering;
  readonly #failures: Failures;
  readonly #tools: ToolRunner;
  readonly #limit: CallLimit;
  #started = false;
  #ended = false;
  #lastTickMs = 0;
  #paused = false;

  constructor(options: ConversationOptions, snapshot: ConversationSnapshot | null) {
    this.#options = options;
    this.#history = new DialogueHistory(snapshot?.turns ?? options.history);
    this.#machines = this.#makeMachines();
    this.#keypad = new Keypad(this.#machines);
    this.#answering = new Answering({ machines: this.#machines, keypad: this.#keypad, recogniser: options.recogniser });
    this.#failures = new Failures(this.#machines);
    this.#tools = new ToolRunner(this.#machines);
    this.#limit = new CallLimit(options.settings.maxCallMs);
    if (snapshot?.started) this.#restore(snapshot);
    else this.#machines.mouth.prepareGreeting();
  }

  start(): void {
    if (this.#started || this.#ended) return;
    this.#started = true;
    this.#lastTickMs = this.#nowMs();
    this.#limit.start(this.#lastTickMs);
    const { mouth, goodbye } = this.#machines;
    mouth.start();
    if (this.#options.recogniser !== undefined) return;
    if (this.#keypad.hasMenu) {
      this.#keypad.open();
      return;
    }
    goodbye.beginFinal('provider_failed');
    mouth.agenda.add({ text: phrases.nothingToOffer, purpose: 'goodbye' });
  }

  hear(frame: Int16Array): void {
    if (!this.#running || this.#paused) return;
    this.#machines.ear.hear(frame);
    this.#machines.interruption.watch();
  }

  speak(frame: Int16Array): boolean {
    if (this.#paused) {
      frame.fill(0);
      if (this.#running && this.#limit.check(this.#nowMs()) === 'over') this.#end('max_duration');
      return false;
    }
    if (this.#running) this.#tick();
    return this.#machines.mouth.fill(frame);
  }

  digit(digit: string): void {
    if (this.#running) this.#keypad.press(digit);
  }

  say(text: string): void {
    if (!this.#ended) this.#machines.mouth.agenda.add({ text, purpose: 'notice' });
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#lastTickMs = this.#nowMs();
  }

  stop(): void {
    if (this.#ended) return;
    const words = this.#trustedOpenWords();
    const { ear, goodbye } = this.#machines;
    if (words !== '') this.#answering.transcribe(words, ear.confidence, ear.extent.fromMs, ear.extent.endMs);
    goodbye.hungUp();
    this.#close();
  }

  snapshot(): ConversationSnapshot {
    const { mouth, ear, silence, goodbye } = this.#machines;
    const openWords = this.#trustedOpenWords();
    const speech = mouth.speech;
    // An answer of which nothing was heard is asked for again.
    const redo = speech?.answers && !speech.started ? speech.answers : null;
    const asked = redo ? (this.#history.turns.at(-1)?.text ?? '') : '';
    const text = [asked, this.#answering.waiting?.text ?? '', openWords].filter((part) => part !== '').join(' ');
    const speechEndMs = openWords === '' ? (this.#answering.waiting ?? redo)?.speechEndMs : ear.extent.endMs;
    return {
      version: 1,
      started: this.#started,
      ended: this.#ended,
      startedAtMs: this.#limit.startedAtMs,
      turns: redo ? this.#history.turns.slice(0, -1) : [...this.#history.turns],
      unanswered: text === '' ? null : { text, speechEndMs: speechEndMs ?? 0 },
      speech: speech && !redo ? snapshotSpeech(speech, openWords !== '') : null,
      planned: [...mouth.agenda.sentences],
      expect: this.#answering.expected,
      silence: silence.snapshot(),
      goodbye: goodbye.snapshot(),
      menuOffered: this.#keypad.offered,
      keypadHints: this.#keypad.hints,
      askedAgain: this.#answering.askedAgain,
      failures: this.#failures.inARow,
      personRequested: this.#tools.personRequested,
      warnedOfEnd: this.#limit.warned,
    };
  }

  get #running(): boolean {
    return this.#started && !this.#ended;
  }

  #restore(snapshot: ConversationSnapshot): void {
    const { mouth, silence, goodbye } = this.#machines;
    const nowMs = this.#nowMs();
    this.#started = true;
    this.#ended = snapshot.ended;
    this.#lastTickMs = nowMs;
    this.#tools.personRequested = snapshot.personRequested;
    this.#limit.start(snapshot.startedAtMs, snapshot.warnedOfEnd);
    this.#keypad.restore(snapshot.menuOffered, snapshot.keypadHints);
    this.#failures.restore(snapshot.failures);
    silence.restore(snapshot.silence);
    goodbye.restore(snapshot.goodbye);
    const { unanswered, speech } = snapshot;
    const waiting = unanswered && { ...unanswered, decidedMs: nowMs, wordsMs: nowMs };
    this.#answering.restore(snapshot.expect, snapshot.askedAgain, waiting);
    mouth.restore(snapshot.planned, speech && restoreSpeech(speech, nowMs), speech?.unheard ?? '');
  }

  #tick(): void {
    const nowMs = this.#nowMs();
    const elapsedMs = nowMs - this.#lastTickMs;
    this.#lastTickMs = nowMs;
    const { ear, mouth, silence, goodbye } = this.#machines;
    ear.tick(nowMs);
    const callerQuiet = !ear.turnOpen || ear.continuing;
    this.#answering.tick(callerQuiet);
    const floorFree = callerQuiet && mouth.state === 'listening' && mouth.agenda.sentences.length === 0;
    if (mouth.state !== 'listening') silence.agentActive();
    else if (floorFree && goodbye.state === 'none') silence.quiet(elapsedMs);
    this.#checkLimit(nowMs);
    mouth.tick(nowMs, callerQuiet);
    goodbye.tick(nowMs, floorFree && mouth.state === 'listening');
  }

  #checkLimit(nowMs: number): void {
    const { mouth, goodbye } = this.#machines;
    const due = this.#limit.check(nowMs);
    if (due === 'nothing' || goodbye.final) return;
    if (due === 'warn') {
      mouth.agenda.add({ text: phrases.minuteLeft, purpose: 'notice' });
      return;
    }
    goodbye.beginFinal('max_duration');
    mouth.say(phrases.timeIsUp, 'goodbye');
  }

  /** Final words of a turn that is still open, if they can be trusted. */
  #trustedOpenWords(): string {
    const { ear } = this.#machines;
    const acceptAbove = this.#options.recogniser?.acceptAbove ?? 1;
    return ear.turnOpen && ear.confidence >= acceptAbove ? ear.finalText : '';
  }

  #end(end: ConversationEnd): void {
    this.#close();
    this.#options.onEnd(end === 'agent_said_goodbye' && this.#tools.personRequested ? 'escalated' : end);
  }

  #close(): void {
    this.#ended = true;
    this.#machines.mouth.end();
    this.#machines.ear.close();
  }

  #makeMachines(): Machines {
    const { settings, recogniser, vocabulary, synthesiser, model, detector, callId } = this.#options;
    const nowMs = () => this.#nowMs();
    const emit = (body: ConversationEventBody) => this.#emit(body);
    const { endpointingSilenceMs, agentId, voice } = settings;
    const ear = new Ear({
      detector,
      recogniser,
      vocabulary,
      endpointingSilenceMs,
      nowMs,
      emit,
      listener: this.#earListener(),
    });
    const mouth = new Mouth({
      agentId,
      callId,
      voice,
      greeting: openingText(settings),
      synthesiser,
      model,
      history: this.#history,
      nowMs,
      emit,
      listener: this.#mouthListener(),
    });
    const interruption = new Interruption({
      mouth,
      ear,
      detector: this.#options.detector,
      hasRecogniser: recogniser !== undefined,
      interruptible: () => interruptible(this.#machines),
      shortAnswerExpected: () => this.#answering.expected !== 'open',
      emit,
    });
    const silence = new Silence(settings, {
      promptDue: (prompt) => this.#prompt(prompt),
      endDue: () => {
        this.#machines.goodbye.begin('silence');
        this.#machines.mouth.say(phrases.silenceGoodbye, 'goodbye');
      },
    });
    const goodbye = new Goodbye({ nowMs, emit, end: (end) => this.#end(end) });
    return { settings, ear, mouth, interruption, silence, goodbye, emit };
  }

  #earListener(): EarListener {
    return {
      turnOpened: () => this.#machines.interruption.callerSpeaks(),
      partial: (text) => this.#machines.interruption.partial(text),
      mayBeOver: (said) => this.#machines.mouth.guess(said),
      turnHeard: (turn) => this.#answering.heard(turn),
      failed: ({ code, message, wordsLost }) => {
        const { mouth, interruption } = this.#machines;
        if (wordsLost) {
          mouth.dropGuess();
          interruption.rejected('recogniser_failed');
        }
        this.#failures.add({ stage: 'recogniser', code, message }, wordsLost);
      },
    };
  }

  #mouthListener(): MouthListener {
    return {
      speechBegan: () => this.#machines.interruption.callerSpeaks(),
      speechOver: () => this.#machines.interruption.speechOver(),
      answerHeard: () => this.#failures.reset(),
      replyEvent: (event) => this.#replyEvent(event),
      failed: (failure) => this.#failures.add(failure, true),
    };
  }

  #prompt(prompt: number): void {
    const { settings, mouth, emit } = this.#machines;
    const { silencePrompts } = settings;
    emit({ kind: 'silence_prompted', prompt });
    const wording = silencePrompts[prompt - 1] ?? silencePrompts.at(-1) ?? phrases.stillThere;
    mouth.say(this.#options.recogniser ? wording : phrases.keypadSilence, 'silence_prompt');
  }

  #replyEvent(event: ReplyEvent): void {
    switch (event.type) {
      case 'reasoning':
        this.#emit({ kind: 'reasoning', rule: event.rule, passages: event.passages });
        break;
      case 'expect':
        this.#answering.expect(event.expect);
        break;
      case 'tool_call':
        this.#tools.run(event);
        break;
    }
  }

  #nowMs(): number {
    return Math.round(this.#options.nowMs());
  }

  #emit(body: ConversationEventBody): void {
    this.#options.emit({ ...body, atMs: this.#nowMs() });
  }
}
