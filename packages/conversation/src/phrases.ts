/** Every sentence the agent says of its own accord. They are fixed, so that a prompt cache can hold their sound. */
export const phrases = {
  greeting: 'Hello?',
  /** First and second time in a row that speech was unclear. */
  askAgain: [
    "Sorry, I didn't quite catch that. Could you say it again?",
    "I'm sorry, I still can't understand. Please say it in a few short words, or ask for a person.",
  ],
  askAgainWithMenu:
    "I'm sorry, I still can't understand. You can press 0 to hear the choices on your keypad, or ask for a person.",
  apology: 'Sorry, something went wrong on my side. Could you say that again?',
  failureGoodbye: "I'm sorry, I'm having technical problems. Please call again later. Goodbye.",
  goodbye: 'Goodbye.',
  silenceGoodbye: "I can't hear you, so I'll end the call now. Goodbye.",
  stillThere: 'Are you still there?',
  minuteLeft: 'This call will end in one minute.',
  timeIsUp: 'Our time is up. Thank you for calling. Goodbye.',
  personNoted: 'I have passed on that you would like to speak to a person.',
  keypadOnly: "I can't understand speech on this line at the moment, but you can use your keypad.",
  keypadHint: 'Sorry, I can only understand your keypad. Press 0 to hear the choices.',
  keypadSilence: 'Are you still there? Press 0 to hear the choices again.',
  /** No recogniser and nothing to choose from. */
  nothingToOffer: "I can't understand speech on this line at the moment. Please call again later. Goodbye.",
} as const;

export function menuChoice(title: string, digit: number): string {
  return `For ${lowerFirst(title)}, press ${digit}.`;
}

export const menuRepeat = 'To hear this again, press 0.';
export const menuRepeatAfterAnswer = 'To hear the choices again, press 0.';

export function noSuchChoice(digit: string): string {
  return `There is no choice ${spokenKeys[digit] ?? digit}. Press 0 to hear the choices.`;
}

const spokenKeys: Readonly<Record<string, string>> = { '*': 'star', '#': 'hash' };

/** "Opening hours" is spoken in the middle of a sentence; "VIP club" and "I" keep their capitals. */
function lowerFirst(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
