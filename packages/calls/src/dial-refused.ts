/** A call that was not made, and why; the message is a sentence with the next step. */
export class DialRefused extends Error {
  readonly code: 'number_not_allowed' | 'trunk_busy' | 'shutting_down';
  readonly errorClass = 'theirs';

  constructor(code: DialRefused['code'], message: string) {
    super(message);
    this.name = 'DialRefused';
    this.code = code;
  }
}
