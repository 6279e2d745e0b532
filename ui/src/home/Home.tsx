import { useDeferredValue, useState } from "react";
import type { ConnectorCard } from "../api";
import { go } from "../app/navigate";
import { useApp } from "../app/store";
import { EmptyState } from "../components/EmptyState";
import { OneBox } from "../open/OneBox";
import { words } from "../strings";
import { guideWords } from "../strings/guide";
import { homeWords } from "../strings/home";
import { ConnectorRow } from "./ConnectorRow";
import { Examples } from "./Examples";
import { RunRows } from "./RunRows";
import { fits, useExamples } from "./examples";
import "./home.css";

/** Where the window begins: the one box, what there is, what ran, and what can be tried. */
export function Home() {
  const home = useApp((state) => state.home);
  const examples = useExamples();
  const [text, setText] = useState("");
  // Typing stays quick, however long the list is.
  const wanted = useDeferredValue(text.trim());
  if (home === null)
    return (
      <div className="page">
        <OneBox />
      </div>
    );
  const first = home.connectors.length === 0;
  const searching = wanted !== "";
  const found = searching ? home.connectors.filter((card) => isMeant(card, wanted)) : home.connectors;
  const tried = searching ? examples.filter((each) => fits(wanted, each.title, each.name, each.host, each.description, ...each.streams)) : examples;
  return (
    <div className="page">
      <OneBox />
      {first && <Teach />}
      {!first && <Search text={text} onChange={setText} />}
      {searching && (
        <p role="status" className="sr-only">
          {homeWords.found(found.length, tried.length)}
        </p>
      )}
      {found.length > 0 && <Connectors found={found} />}
      {!searching && home.runs.length > 0 && (
        <section className="section" aria-labelledby="home-runs">
          <h2 id="home-runs">{words.home.runs}</h2>
          <RunRows runs={home.runs} named />
        </section>
      )}
      {(!searching || tried.length > 0) && <Examples examples={tried} searching={searching} first={first} />}
      {searching && found.length === 0 && tried.length === 0 && (
        <EmptyState title={homeWords.noMatch(wanted)}>
          <p>{homeWords.noMatchText}</p>
        </EmptyState>
      )}
    </div>
  );
}

function isMeant(card: ConnectorCard, text: string): boolean {
  return fits(text, card.title, card.name, card.host, ...card.streams, ...card.connections.map((each) => each.name));
}

function Search({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  return (
    <input
      className="input home-search"
      type="search"
      aria-label={homeWords.search}
      placeholder={homeWords.search}
      data-testid="home-search"
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onChange("");
      }}
    />
  );
}

function Connectors({ found }: { found: ConnectorCard[] }) {
  return (
    <section className="section" aria-labelledby="home-connectors">
      <div className="section-head">
        <h2 id="home-connectors">{words.home.connectors}</h2>
        {found.some((card) => card.connections.length > 0) && (
          <button type="button" className="link" data-testid="connections-link" onClick={() => go({ name: "connections" })}>
            {guideWords.connections.open}
          </button>
        )}
      </div>
      <ul className="rows" data-testid="connectors">
        {found.map((card) => (
          <ConnectorRow key={card.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function Teach() {
  return (
    <ol className="teach">
      {words.home.teach.map((line, index) => (
        <li key={line}>
          <span className="step num" aria-hidden>
            {index + 1}
          </span>
          {line}
        </li>
      ))}
    </ol>
  );
}
