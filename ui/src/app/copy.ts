import { copyText } from "../api";
import { words } from "../strings";
import { say, toastFault } from "./store";

/** Puts text on the clipboard and says so; whether it worked. */
export async function copy(text: string): Promise<boolean> {
  try {
    await copyText(text);
    say(words.copied);
    return true;
  } catch (thrown) {
    toastFault(thrown);
    return false;
  }
}
