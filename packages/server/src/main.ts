/** Entry of the server process: starts the product, says where it is, and ends it properly on SIGTERM or SIGINT. */
import { loadConfig } from './config/config.ts';
import { startProduct } from './product.ts';

/** Calls are ended and stored within this time; a carrier that does not answer a BYE must not hold up a restart. */
const stopDeadlineMs = 15_000;

process.title = 'dialplane';

try {
  const product = await startProduct(loadConfig(process.env), (line) => console.log(line));
  for (const line of product.welcome) console.log(line);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopDeadlineMs).unref();
    await product.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
} catch (error) {
  // Errors with a code say in their message what is wrong and what to do; anything else is a fault of ours, with its trace.
  const explained = error instanceof Error && 'code' in error;
  console.error(explained ? error.message : error);
  process.exit(1);
}
