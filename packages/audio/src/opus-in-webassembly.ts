/**
 * The library of Opus prefers its native addon, and with that one loaded Node dies of a segmentation fault when a worker
 * thread ends. This has to be imported before the library is.
 */
process.env.OPUS_FORCE_WASM = '1';
