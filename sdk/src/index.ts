export { TallystickError } from "./protocol/index.ts";
