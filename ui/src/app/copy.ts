import { copyText, toProblem } from "../api";
import { words } from "../strings";
import { say, toast } from "./store";

/** Puts text on the clipboard and says so; whether it worked. */
export async function copy(text: string): Promise<boolean> {
  try {
    await copyText(text);
    say(words.copied);
    return true;
  } catch (thrown) {
    const problem = toProblem(thrown);
    toast(problem.message, problem);
    return false;
  }
}
