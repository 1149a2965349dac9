import { cpus, totalmem } from 'node:os';

/** What figures were measured on; without it they say nothing. */
export function machine(): string {
  const cores = cpus();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(1);
  return `${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ${memoryGb} GB; Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
