import { useEffect, useState } from "react";
import { call, type ExampleCard } from "../api";

let kept: ExampleCard[] | null = null;
let asked: Promise<ExampleCard[]> | null = null;

/** The bundled examples. They hang on nothing but the program's version: asked for once. */
function loadExamples(): Promise<ExampleCard[]> {
  asked ??= call("examples", {}).then((list) => {
    kept = list;
    return list;
  });
  // What failed is asked for again.
  asked.catch(() => {
    asked = null;
  });
  return asked;
}

/** The examples that are at hand already. */
export function knownExamples(): ExampleCard[] {
  return kept ?? [];
}

/** The bundled examples, once they are there. */
export function useExamples(): ExampleCard[] {
  const [list, setList] = useState<ExampleCard[]>(knownExamples);
  useEffect(() => {
    let here = true;
    loadExamples()
      .then((next) => here && setList(next))
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, []);
  return list;
}

/** Whether all words of a text are found in some of these. */
export function fits(text: string, ...hay: string[]): boolean {
  const all = hay.join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
