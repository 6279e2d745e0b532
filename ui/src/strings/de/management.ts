import type { Translation } from "../language";
import type { managementWords } from "../management";

export const managementWordsDe: Translation<typeof managementWords> = {};
