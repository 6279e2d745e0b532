import type { Translation } from "../language";
import type { webhookWords } from "../webhooks";

export const webhookWordsDe: Translation<typeof webhookWords> = {};
