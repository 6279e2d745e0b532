import { useEffect, useMemo, useState } from "react";
import { call, toProblem, type AskValue, type Problem, type WholeValue } from "../api";
import { bytes } from "../app/format";
import { CopyButton } from "../components/CopyButton";
import { ProblemView } from "../components/ProblemView";
import { Sheet } from "../components/Sheet";
import { dataWords } from "../strings/data";
import { indented } from "./indent";

const words = dataWords.cell;

/** One value of a response or a record, whole. */
export function ValueSheet({ ask, title, onClose }: { ask: AskValue; title: string; onClose: () => void }) {
  const { value, problem } = useWhole(ask);
  const text = value?.text ?? null;
  return (
    <Sheet title={words.title(title)} size="large" onClose={onClose} actions={text !== null && <CopyButton text={() => text} label={words.copy} testId="value-copy" />}>
      <div className="cell-sheet" data-testid="value-sheet">
        {problem !== null && <ProblemView problem={problem} />}
        {value?.cut && <p className="soft">{words.cut(bytes(text?.length ?? 0))}</p>}
        {value !== null && text === null && <p className="soft">{words.null}</p>}
        {text === "" && <p className="soft">{words.empty}</p>}
        {text !== null && text !== "" && <WholeText text={indented(text)} />}
      </div>
    </Sheet>
  );
}

/** An answer that is no JSON, as the text that it is. */
export function WholeAnswer({ id, stream, page, version }: { id: string; stream: string; page: number; version: number }) {
  const ask = useMemo((): AskValue => ({ id, stream, place: { in: "response", page, path: "$" } }), [id, stream, page]);
  const { value, problem } = useWhole(ask, version);
  if (problem !== null) return <ProblemView problem={problem} />;
  return value?.text == null ? null : <WholeText text={value.text} />;
}

function WholeText({ text }: { text: string }) {
  return (
    <pre className="text cell-text" tabIndex={0} data-testid="value-text">
      {text}
    </pre>
  );
}

/** A value, asked for anew where its page was read anew. */
export function useWhole(ask: AskValue, version = 0) {
  const [value, setValue] = useState<WholeValue | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let here = true;
    call("value_whole", ask).then(
      (found) => here && setValue(found),
      (thrown: unknown) => here && setProblem(toProblem(thrown)),
    );
    return () => {
      here = false;
    };
  }, [ask, version]);
  return { value, problem };
}
