import type { Translation } from "../language";
import type { destination } from "../destination";

export const destinationDe: Translation<typeof destination> = {};
