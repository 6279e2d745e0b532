import type { Translation } from "../language";
import type { openWords } from "../open";

export const openWordsDe: Translation<typeof openWords> = {};
