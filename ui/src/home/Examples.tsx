import { FlaskConical, KeyRound } from "lucide-react";
import { useState } from "react";
import type { ExampleCard } from "../api";
import { openExample, openSample } from "../app/source";
import { useApp } from "../app/store";
import { Button } from "../components/Button";
import { Segmented } from "../components/Segmented";
import { homeWords } from "../strings/home";
import { exampleText } from "../strings/named";
import "./examples.css";

/** How many cards show while there is other work on Home. */
const FEW = 5;

interface ExamplesProps {
  examples: ExampleCard[];
  /** Whether the person looks for something: then all that fits shows. */
  searching: boolean;
  /** Whether there is nothing else on Home yet. */
  first: boolean;
}

/** The sample API and definitions of well-known APIs, as cards. */
export function Examples({ examples, searching, first }: ExamplesProps) {
  const [open, setOpen] = useState(false);
  const [free, setFree] = useState(false);
  const busy = useApp((state) => state.busy !== null);
  const fitting = free ? examples.filter((each) => each.needs !== "key") : examples;
  const whole = open || first || searching;
  const shown = whole ? fitting : fitting.slice(0, FEW);
  return (
    <section className="section" aria-labelledby="home-examples">
      <div className="section-head">
        <div>
          <h2 id="home-examples">{homeWords.try}</h2>
          <p className="dim">{homeWords.tryText}</p>
        </div>
        {!searching && (
          <Segmented
            label={homeWords.filter}
            value={free ? "free" : "all"}
            options={[
              { value: "all", label: homeWords.filters.all, testId: "examples-all" },
              { value: "free", label: homeWords.filters.free, testId: "examples-free" },
            ]}
            onChange={(value) => setFree(value === "free")}
          />
        )}
      </div>
      <ul className="examples" data-testid="examples">
        {!searching && <SampleCard busy={busy} />}
        {shown.map((each) => (
          <Card key={each.name} example={each} busy={busy} />
        ))}
      </ul>
      {!first && !searching && fitting.length > FEW && (
        <Button look="quiet" data-testid="examples-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? homeWords.fewer : homeWords.all(fitting.length + 1)}
        </Button>
      )}
    </section>
  );
}

function SampleCard({ busy }: { busy: boolean }) {
  return (
    <li>
      <button type="button" className="example" data-testid="sample-card" disabled={busy} onClick={() => void openSample()}>
        <span className="example-head">
          <span className="row-title">{homeWords.sample}</span>
          <FlaskConical className="icon" aria-hidden />
        </span>
        <span className="example-text">{homeWords.sampleText}</span>
        <span className="example-foot">
          <span className="dim">{homeWords.sampleHost}</span>
          <span className="tag good">{homeWords.needs.nothing}</span>
        </span>
      </button>
    </li>
  );
}

function Card({ example, busy }: { example: ExampleCard; busy: boolean }) {
  const key = example.needs === "key";
  return (
    <li>
      <button
        type="button"
        className="example"
        data-testid={`example-${example.name}`}
        data-needs={example.needs}
        disabled={busy}
        title={[example.host, example.streams.join(", ")].join(" · ")}
        onClick={() => void openExample(example.name, example.title)}
      >
        <span className="example-head">
          <span className="row-title">{example.title}</span>
        </span>
        <span className="example-text">{exampleText(example.name) ?? example.description}</span>
        <span className="example-foot">
          <span className="dim mono">{example.host}</span>
          <span className={key ? "tag" : "tag good"}>
            {key && <KeyRound className="icon" aria-hidden />}
            {homeWords.needs[example.needs]}
          </span>
        </span>
      </button>
    </li>
  );
}
