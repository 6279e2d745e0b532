import type { Translation } from "../language";
import type { healthWords, aboutWords } from "../health";

export const healthWordsDe: Translation<typeof healthWords> = {};

export const aboutWordsDe: Translation<typeof aboutWords> = {};
