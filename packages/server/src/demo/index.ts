export { createDemo, demoNumber } from './create-demo.ts';
