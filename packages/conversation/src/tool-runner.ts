import type { Machines } from './machines.ts';
import type { ReplyEvent } from './model-reply.ts';

export type ToolCall = Extract<ReplyEvent, { readonly type: 'tool_call' }>;

interface ToolResult {
  readonly ok: boolean;
  /** A sentence for the record and the model. */
  readonly text: string;
}

/** Does what the model asks for besides talking (tools.ts). */
export class ToolRunner {
  readonly #machines: Machines;
  /** The caller has asked for a person in this call. */
  personRequested = false;

  constructor(machines: Machines) {
    this.#machines = machines;
  }

  run({ id, name, arguments: given }: ToolCall): void {
    const { emit } = this.#machines;
    emit({ kind: 'tool_called', id, name, arguments: given });
    const { ok, text } = this.#result(name, given);
    emit({ kind: 'tool_returned', id, name, ok, result: text });
  }

  #result(name: string, given: ToolCall['arguments']): ToolResult {
    const { mouth, goodbye, emit } = this.#machines;
    switch (name) {
      case 'end_call':
        mouth.markGoodbye();
        goodbye.begin('agent_said_goodbye');
        return { ok: true, text: 'The call ends after these words.' };
      case 'request_person': {
        const reason = typeof given.reason === 'string' ? given.reason : '';
        this.personRequested = true;
        mouth.markPersonRequested();
        emit({ kind: 'handoff', mode: 'logged_escalation', reason });
        return { ok: true, text: 'The request is noted.' };
      }
      default:
        return { ok: false, text: `There is no tool named ${name}.` };
    }
  }
}
