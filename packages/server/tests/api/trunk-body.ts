/** An inbound trunk as clients read it. */
export interface TrunkBody {
  readonly id: string;
  readonly auth_username: string;
  readonly auth_password: string;
  readonly phone_numbers: readonly string[];
}
