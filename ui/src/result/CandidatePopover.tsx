import { useState, type FormEvent } from "react";
import type { Candidate, Detected, TypeEvidence } from "../api";
import { choose, tryFilter } from "../app/workbench";
import { Button } from "../components/Button";
import { ConfidenceTag } from "../components/ConfidenceTag";
import { Field } from "../components/Field";
import { Popover } from "../components/Popover";
import { mappingWords, words } from "../strings";
import { said } from "../app/said";

interface CandidatePopoverProps {
  detected: Detected;
  types: TypeEvidence[];
  anchor: DOMRect;
  onClose: () => void;
}

/** The readings of one part side by side, to choose from. */
export function CandidatePopover({ detected, types, anchor, onClose }: CandidatePopoverProps) {
  const title = words.chips.title[detected.part];
  const doubtful = types.filter((each) => each.confidence === "unsure" || each.counter_examples.length > 0);
  return (
    <Popover label={title} anchor={anchor} onClose={onClose}>
      <div className="chip-more">
        <h2>{title}</h2>
        {detected.candidates[0]?.confidence === "unsure" && detected.candidates.length > 1 && <p className="soft">{words.chips.look}</p>}
        <div className="candidates" data-testid="candidates">
          {detected.candidates.map((candidate, index) => (
            <Reading
              key={`${candidate.label} ${candidate.evidence}`}
              candidate={candidate}
              used={index === 0}
              testId={`candidate-${index}`}
              onChoose={() => {
                onClose();
                void choose(candidate.choice);
              }}
            />
          ))}
        </div>
        {detected.part === "cursor" && <FilterName onDone={onClose} />}
        {detected.candidates.length === 1 && detected.part !== "cursor" && <p className="dim">{words.chips.only}</p>}
        {detected.part === "types" && doubtful.length > 0 && (
          <>
            <h3>{words.chips.evidence}</h3>
            <ul>
              {doubtful.map((each) => (
                <li key={each.field}>
                  <code>{each.field}</code> {mappingWords.types[each.type]}: {said(each.evidence)}
                  {each.counter_examples.length > 0 && <code className="soft"> {each.counter_examples.join(", ")}</code>}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Popover>
  );
}

function Reading({ candidate, used, testId, onChoose }: { candidate: Candidate; used: boolean; testId: string; onChoose: () => void }) {
  return (
    <div className="candidate" data-testid={testId}>
      <code>{candidate.label === "" ? words.chips.none : said(candidate.label)}</code>
      <p className="soft">{said(candidate.evidence)}</p>
      <ConfidenceTag confidence={candidate.confidence} />
      {used ? <span className="dim">{words.chips.used}</span> : <Button onClick={onChoose}>{words.chips.use}</Button>}
    </div>
  );
}

/** A filter's parameter that a person knows: it is tried at once, and taken where it filters. */
function FilterName({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState("");
  const [told, setTold] = useState<string | null>(null);
  const [waits, setWaits] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (waits || name.trim() === "") return;
    setTold(null);
    setWaits(true);
    void tryFilter(name.trim()).then((why) => {
      setWaits(false);
      if (why === null) onDone();
      else setTold(why);
    });
  };
  return (
    <form className="filter-name" onSubmit={send} data-testid="filter-name">
      <Field label={words.chips.filterName} help={words.chips.filterHelp} error={told ?? undefined}>
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            className="input mono"
            autoComplete="off"
            spellCheck={false}
            placeholder={words.chips.filterExample}
            data-testid="filter-input"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" data-testid="filter-try" disabled={waits || name.trim() === ""}>
        {waits ? words.chips.filterTrying : words.chips.filterTry}
      </Button>
    </form>
  );
}
