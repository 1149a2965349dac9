export { createAnswerer } from './answerer.ts';
