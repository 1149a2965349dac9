/** A phone number as clients read it. */
export interface NumberBody {
  readonly id: string;
  readonly phone_number: string;
  readonly method: string;
  readonly state: string;
  readonly next_step: string | null;
  readonly expires_at: string | null;
  readonly verified_at: string | null;
  readonly agent_id: string | null;
  readonly provider: string | null;
}
