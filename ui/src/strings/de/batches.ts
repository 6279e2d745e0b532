import type { Translation } from "../language";
import type { batchWords } from "../batches";

export const batchWordsDe: Translation<typeof batchWords> = {};
