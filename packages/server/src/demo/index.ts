export { createDemo, type Demo, type DemoOptions, demoNumber } from './create-demo.ts';
