import type { Translation } from "../language";
import type { fixtures } from "../fixtures";

export const fixturesDe: Translation<typeof fixtures> = {};
