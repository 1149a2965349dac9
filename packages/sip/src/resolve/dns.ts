/** RFC 3403 4.1, the fields RFC 3263 4.1 reads. */
export interface NaptrRecord {
  readonly order: number;
  readonly preference: number;
  readonly flags: string;
  /** `SIP+D2U`, `SIP+D2T`, `SIPS+D2T`. */
  readonly service: string;
  readonly replacement: string;
}

/** RFC 2782. */
export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

export interface DnsAnswer<T> {
  /** Empty when the name or the kind of record does not exist. */
  readonly records: readonly T[];
  /** How long the answer may be used, when the resolver tells. */
  readonly ttlMs?: number;
}

/** The questions RFC 3263 asks. They reject when no answer can be had, which is not the same as an empty one. */
export interface DnsClient {
  naptr(name: string): Promise<DnsAnswer<NaptrRecord>>;
  srv(name: string): Promise<DnsAnswer<SrvRecord>>;
  addresses(name: string, family: 4 | 6): Promise<DnsAnswer<string>>;
}
