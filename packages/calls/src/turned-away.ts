import { type EndingReason, endings } from './endings.ts';

/** Why a call that was never answered is turned away, with the SIP status where the trunk decides it. */
export class TurnedAway extends Error {
  readonly reason: EndingReason;
  readonly status: number;

  /** @param sentence the cause, where it can be told more exactly than by the ending. */
  constructor(
    reason: EndingReason,
    status: number = endings[reason].sipCode,
    sentence: string = endings[reason].sentence,
  ) {
    super(sentence);
    this.reason = reason;
    this.status = status;
  }
}
