import {
  type Conversation,
  type ConversationEnd,
  type ConversationEvent,
  type ConversationOptions,
  type ConversationSettings,
  type ConversationSnapshot,
  createConversation,
  defaultSettings,
  type ModelTurn,
  restoreConversation,
} from '../../src/index.ts';
import { CallClock } from './call-clock.ts';
import { CodedRecogniser } from './coded-recogniser.ts';
import { CodedSound } from './coded-sound.ts';
import { CodedSynthesiser } from './coded-synthesiser.ts';
import { LevelDetector } from './level-detector.ts';
import { ScriptedModel } from './scripted-model.ts';

const FRAME_MS = 20;
const CALLER_WORD_MS = 280;

export interface SceneOptions {
  readonly settings?: Partial<ConversationSettings>;
  readonly withoutRecogniser?: boolean;
  readonly history?: readonly ModelTurn[];
}

type EventOf<Kind extends ConversationEvent['kind']> = Extract<ConversationEvent, { readonly kind: Kind }>;

/** One call with scripted providers, heard and spoken frame by frame on the test's clock. */
export class Scene {
  readonly clock: CallClock;
  readonly callerSound: CodedSound;
  readonly agentSound: CodedSound;
  readonly recogniser: CodedRecogniser;
  readonly synthesiser: CodedSynthesiser;
  readonly model: ScriptedModel;
  detector = new LevelDetector();
  readonly events: ConversationEvent[] = [];
  readonly options: ConversationOptions;
  /** What was put on the wire, a word per frame: '' is silence, '~' agent sound that is faded or ducked. */
  readonly wire: string[] = [];
  end: ConversationEnd | undefined;
  conversation: Conversation;
  #silencedOld = false;
  readonly #caller: Int16Array[] = [];
  readonly #out = new Int16Array(160);

  constructor(options: SceneOptions = {}, earlier?: { scene: Scene; snapshot: ConversationSnapshot }) {
    this.clock = earlier?.scene.clock ?? new CallClock();
    this.callerSound = earlier?.scene.callerSound ?? new CodedSound(2000);
    this.agentSound = earlier?.scene.agentSound ?? new CodedSound(9000);
    this.recogniser = new CodedRecogniser(this.callerSound, this.clock);
    this.synthesiser = new CodedSynthesiser(this.agentSound, this.clock);
    this.model = new ScriptedModel(this.clock);
    this.options = {
      settings: {
        ...defaultSettings,
        agentId: 'agent',
        firstMessage: 'Hello there.',
        voice: 'rms',
        menu: [],
        ...options.settings,
      },
      recogniser: options.withoutRecogniser ? undefined : this.recogniser,
      vocabulary: { id: 'empty', sentences: [] },
      synthesiser: this.synthesiser,
      model: this.model,
      detector: this.detector,
      history: options.history ?? [],
      callId: 'call',
      nowMs: () => this.clock.nowMs,
      emit: (event) => {
        if (!this.#silencedOld) this.events.push(event);
      },
      onEnd: (end) => {
        this.end = end;
      },
    };
    this.conversation = earlier
      ? restoreConversation(earlier.snapshot, this.options)
      : createConversation(this.options);
  }

  /** Answers the call and lets the greeting pass. */
  static async afterGreeting(options: SceneOptions = {}): Promise<Scene> {
    const scene = new Scene(options);
    await scene.start();
    await scene.untilAgentIsQuiet();
    return scene;
  }

  async start(): Promise<void> {
    await this.clock.advance(0);
    this.conversation.start();
  }

  /** The caller says words of 280 ms each; "..." is a pause of 300 ms. Call `pass` to let them be heard. */
  callerSays(text: string): this {
    for (const word of text.split(' ')) {
      if (word === '...') this.#queue(new Int16Array(300 * 8));
      else this.callerMakes(word, CALLER_WORD_MS);
    }
    return this;
  }

  /** One sound of any length; in round brackets for a sound without words. */
  callerMakes(word: string, ms: number): this {
    this.#queue(this.callerSound.encode(word, ms * 8));
    return this;
  }

  callerPauses(ms: number): this {
    this.#queue(new Int16Array(ms * 8));
    return this;
  }

  /** Lets time pass; the caller is silent when nothing was queued. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += FRAME_MS) await this.#frame();
  }

  /** Until everything the caller queued was heard. */
  async callerFinishes(): Promise<void> {
    while (this.#caller.length > 0) await this.#frame();
  }

  async until(condition: () => boolean, limitMs = 20_000): Promise<void> {
    for (let passed = 0; !condition(); passed += FRAME_MS) {
      if (passed > limitMs) throw new Error(`Nothing happened for ${limitMs} ms:\n${this.story()}`);
      await this.#frame();
    }
  }

  /** Until the caller was heard, the agent spoke, and 800 ms have passed without agent sound. */
  async untilAgentIsQuiet(): Promise<void> {
    await this.callerFinishes();
    await this.until(() => this.wire.at(-1) !== '' && this.wire.length > 0);
    await this.until(() => this.wire.slice(-40).every((word) => word === ''));
  }

  of<Kind extends ConversationEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** Agent texts as recorded. */
  get spoken(): string[] {
    return this.of('agent_spoke').map(({ text }) => text);
  }

  /** Interruption steps with their causes. */
  get interruptions(): string[] {
    return this.of('interruption').map(({ step, cause }) => `${step} ${cause}`);
  }

  /** Words on the wire from a frame on, repetitions of a frame left out. */
  wordsOnWire(fromFrame = 0): string[] {
    return this.wire
      .slice(fromFrame)
      .filter((word, index, all) => word !== '' && word !== '~' && word !== all[index - 1]);
  }

  /** For messages of failed tests. */
  story(): string {
    return this.events.map((event) => JSON.stringify(event)).join('\n');
  }

  /** Another process goes on with the conversation; what the old one still does is not heard of. */
  move(): void {
    if (this.end !== undefined) return;
    const snapshot: ConversationSnapshot = JSON.parse(JSON.stringify(this.conversation.snapshot()));
    const old = this.conversation;
    this.#silencedOld = true;
    old.stop();
    this.#silencedOld = false;
    this.detector = new LevelDetector();
    this.conversation = restoreConversation(snapshot, { ...this.options, detector: this.detector });
  }

  #queue(samples: Int16Array): void {
    for (let from = 0; from < samples.length; from += 160) this.#caller.push(samples.slice(from, from + 160));
  }

  async #frame(): Promise<void> {
    await this.clock.advance(FRAME_MS);
    const frame = new Int16Array(160);
    const queued = this.#caller.shift();
    if (queued) frame.set(queued);
    this.conversation.hear(frame);
    const speaking = this.conversation.speak(this.#out);
    const last = this.#out[159] ?? 0;
    const silent = this.#out.every((sample) => Math.abs(sample) < 2);
    this.wire.push(silent ? '' : (this.agentSound.decode(last) ?? '~'));
    if (!silent && !speaking) throw new Error('Sound without agent speech');
  }
}
