export { createReadiness, type PartState, type Readiness, type ReadinessReport } from './api/readiness.ts';
export { createHttpServer, type HttpServer, type HttpServerOptions } from './api/server.ts';
export { type Config, ConfigError, loadConfig } from './config/config.ts';
export { createLog } from './log.ts';
export type { Database, Store, StoreHealth } from './store/database.ts';
export { openStore, type StoreOptions } from './store/open-store.ts';
export { StoreError, type StoreErrorCode } from './store/store-error.ts';
