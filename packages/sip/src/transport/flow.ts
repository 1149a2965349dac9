/** A path that messages were seen on; answers and in-dialog requests go back along it. Plain data. */
export interface Flow {
  readonly transport: 'udp' | 'tcp';
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Names a TCP connection of this process. */
  readonly connection?: number;
}

/** A flow together with the `host:port` under which its peer can reach us: what Via and Contact say. */
export interface Path {
  readonly flow: Flow;
  readonly address: string;
}

/** The URI of our Contact on a path. */
export function contactUri({ flow, address }: Path): string {
  return flow.transport === 'tcp' ? `sip:${address};transport=tcp` : `sip:${address}`;
}
