import type { SrvRecord } from './dns.ts';

/**
 * The order in which to try SRV targets: by priority, and within one by the weighted draw of RFC 2782, so that load spreads
 * as its owner wishes. `random` gives numbers from 0 to below 1.
 */
export function orderSrv(records: readonly SrvRecord[], random: () => number): SrvRecord[] {
  const ordered: SrvRecord[] = [];
  const priorities = [...new Set(records.map(({ priority }) => priority))].sort((one, other) => one - other);
  for (const priority of priorities) {
    // Those of weight 0 first, so that they have a small chance.
    const left = records
      .filter((record) => record.priority === priority)
      .sort((one, other) => one.weight - other.weight);
    while (left.length > 0) {
      const total = left.reduce((sum, { weight }) => sum + weight, 0);
      const drawn = Math.floor(random() * (total + 1));
      let sum = 0;
      const index = left.findIndex(({ weight }) => {
        sum += weight;
        return sum >= drawn;
      });
      ordered.push(...left.splice(Math.max(index, 0), 1));
    }
  }
  return ordered;
}
