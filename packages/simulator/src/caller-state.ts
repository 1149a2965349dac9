/** What the simulated caller does next: a transition table, so that no event can leave it hanging. */

export type CallerState =
  /** INVITE is out. */
  | 'calling'
  /** Answered; the agent greets, or will. */
  | 'greeting'
  /** The caller's turn: a line is being made ready or said. */
  | 'talking'
  /** The line is said; the agent has not begun to reply. */
  | 'waiting'
  /** The agent replies. */
  | 'listening'
  /** We are hanging up. */
  | 'leaving'
  | 'over';

export type CallerStimulus =
  | 'answered'
  | 'refused'
  /** The agent's first loud sound after silence. */
  | 'agent_began'
  /** The agent has been silent long enough to have finished. */
  | 'agent_finished'
  | 'line_said'
  /** There is no line left to say. */
  | 'nothing_left'
  /** Nothing happened for as long as this state may last. */
  | 'patience_over'
  | 'agent_hung_up'
  /** The call as a whole has lasted too long. */
  | 'deadline'
  /** Our hang-up is through, or given up. */
  | 'left';

export type CallerAction = 'none' | 'await_greeting' | 'say_next' | 'await_reply' | 'note_reply' | 'hang_up' | 'finish';

interface CallerStep {
  readonly to: CallerState;
  readonly action: CallerAction;
}

/** What is not listed for a state changes nothing in it. */
const callerTable: Readonly<Record<CallerState, Readonly<Partial<Record<CallerStimulus, CallerStep>>>>> = {
  calling: {
    answered: { to: 'greeting', action: 'await_greeting' },
    refused: { to: 'over', action: 'finish' },
    agent_hung_up: { to: 'over', action: 'finish' },
    patience_over: { to: 'leaving', action: 'hang_up' },
    deadline: { to: 'leaving', action: 'hang_up' },
  },
  greeting: {
    agent_finished: { to: 'talking', action: 'say_next' },
    // An agent that does not greet is spoken to, as people would.
    patience_over: { to: 'talking', action: 'say_next' },
    agent_hung_up: { to: 'over', action: 'finish' },
    deadline: { to: 'leaving', action: 'hang_up' },
  },
  talking: {
    line_said: { to: 'waiting', action: 'await_reply' },
    nothing_left: { to: 'leaving', action: 'hang_up' },
    agent_hung_up: { to: 'over', action: 'finish' },
    deadline: { to: 'leaving', action: 'hang_up' },
  },
  waiting: {
    agent_began: { to: 'listening', action: 'note_reply' },
    patience_over: { to: 'leaving', action: 'hang_up' },
    agent_hung_up: { to: 'over', action: 'finish' },
    deadline: { to: 'leaving', action: 'hang_up' },
  },
  listening: {
    agent_finished: { to: 'talking', action: 'say_next' },
    agent_hung_up: { to: 'over', action: 'finish' },
    deadline: { to: 'leaving', action: 'hang_up' },
  },
  leaving: {
    left: { to: 'over', action: 'finish' },
    // The answer to our CANCEL, or a BYE that crosses ours.
    refused: { to: 'over', action: 'finish' },
    agent_hung_up: { to: 'over', action: 'finish' },
  },
  over: {},
};

export function callerStep(state: CallerState, stimulus: CallerStimulus): CallerStep {
  return callerTable[state][stimulus] ?? { to: state, action: 'none' };
}
