/** What Prometheus reads. */
export { measuredDirectory } from './measured-directory.ts';
export { createMetrics, type Metrics } from './metrics.ts';
