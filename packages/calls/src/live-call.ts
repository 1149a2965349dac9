/** What programs and people may do to a call in progress. */
export interface LiveCall {
  /** Ends the call, with 603 while it still rings; resolves when its record is complete. */
  hangUp(): Promise<void>;
  /** @param digits keys 0 to 9, `*`, `#`, A to D, sent to the other side in order; `w` waits half a second. */
  pressDigits(digits: string): 'pressed' | 'not_answered' | 'digits_not_agreed';
  /** The agent says this as soon as nobody speaks. */
  say(text: string): 'accepted' | 'not_answered';
  /** The recording is silent until `resumeRecording`. */
  pauseRecording(): 'accepted' | 'not_recorded';
  resumeRecording(): 'accepted' | 'not_recorded';
}
