import { interruptible, type Machines } from './machines.ts';
import { menuChoice, menuRepeat, menuRepeatAfterAnswer, noSuchChoice, phrases } from './phrases.ts';
import type { ConversationSettings } from './settings.ts';

/** A phone has nine keys besides 0, which repeats the choices. */
const MOST_CHOICES = 9;
/** Hints that only keys are understood; more would be nagging. */
const MOST_HINTS = 2;

/** The caller's keys, and the menu they choose from once it was offered. */
export class Keypad {
  readonly #machines: Machines;
  #offered = false;
  #hints = 0;

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  get offered(): boolean {
    return this.#offered;
  }

  get hints(): number {
    return this.#hints;
  }

  get hasMenu(): boolean {
    return this.#machines.settings.menu.length > 0;
  }

  restore(offered: boolean, hints: number): void {
    this.#offered = offered;
    this.#hints = hints;
  }

  /** From now on keys choose. */
  offer(): void {
    this.#offered = this.hasMenu;
  }

  /** Says that words are not understood here, and what the keys mean. */
  open(): void {
    this.offer();
    for (const text of this.#opening()) this.#machines.mouth.agenda.add({ text, purpose: 'notice' });
  }

  get mayHint(): boolean {
    return this.#offered && this.#hints < MOST_HINTS;
  }

  /** Somebody talks to a line without a recogniser. */
  hint(): void {
    this.#hints++;
    this.#machines.mouth.say(phrases.keypadHint, 'notice');
  }

  press(digit: string): void {
    const { mouth, interruption, silence, goodbye, emit } = this.#machines;
    emit({ kind: 'digit', digit });
    silence.callerThere();
    this.#hints = 0;
    if (goodbye.final) return;
    goodbye.callerThere();
    const mayCut = interruptible(this.#machines) || mouth.state !== 'speaking';
    if (!this.#offered) {
      if (mayCut && mouth.state === 'speaking') interruption.digit();
      return;
    }
    mouth.agenda.remove(this.#opening());
    const answer = menuAnswer(this.#machines.settings.menu, digit);
    if (!mayCut) {
      mouth.agenda.add({ text: answer, purpose: 'answer' });
      return;
    }
    interruption.digit();
    mouth.say(answer, 'answer');
  }

  #opening(): readonly string[] {
    return [phrases.keypadOnly, menuText(this.#machines.settings.menu)];
  }
}

/** The choices as one text: "For opening hours, press 1. ... To hear this again, press 0." */
export function menuText(menu: ConversationSettings['menu']): string {
  const choices = menu.slice(0, MOST_CHOICES).map(({ title }, index) => menuChoice(title, index + 1));
  return [...choices, menuRepeat].join(' ');
}

/** What a key of the offered menu says. */
export function menuAnswer(menu: ConversationSettings['menu'], digit: string): string {
  if (digit === '0') return menuText(menu);
  const choice = /^[1-9]$/.test(digit) ? menu[Number(digit) - 1] : undefined;
  return choice ? `${choice.text} ${menuRepeatAfterAnswer}` : noSuchChoice(digit);
}
