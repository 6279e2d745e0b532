import type { Translation } from "../language";
import type { words, mappingWords, dataWords } from "../../strings";

export const wordsDe: Translation<typeof words> = {};

export const mappingWordsDe: Translation<typeof mappingWords> = {};

export const dataWordsDe: Translation<typeof dataWords> = {};
