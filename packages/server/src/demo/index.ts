export { createDemo, type Demo, type DemoOptions } from './create-demo.ts';
