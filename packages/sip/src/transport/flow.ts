/** A path that messages were seen on; answers and in-dialog requests go back along it. Plain data. */
export interface Flow {
  readonly transport: 'udp' | 'tcp';
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Names a TCP connection of this process. */
  readonly connection?: number;
}
