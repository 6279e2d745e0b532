import type { Translation } from "../language";
import type { actionWords } from "../actions";

export const actionWordsDe: Translation<typeof actionWords> = {};
