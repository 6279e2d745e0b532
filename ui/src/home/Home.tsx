import { useState } from "react";
import type { Home as HomeData } from "../api";
import { useApp } from "../app/store";
import { OneBox } from "../open/OneBox";
import { words } from "../strings";
import { ConnectorRow } from "./ConnectorRow";
import { RunRows } from "./RunRows";
import "./home.css";

/** Where the window begins: the one box, what there is, and what ran. */
export function Home() {
  const home = useApp((state) => state.home);
  return (
    <div className="page">
      <OneBox />
      {home !== null && (home.connectors.length === 0 ? <Teach /> : <Connectors home={home} />)}
      {home !== null && home.runs.length > 0 && (
        <section className="section" aria-labelledby="home-runs">
          <h2 id="home-runs">{words.home.runs}</h2>
          <RunRows runs={home.runs} named />
        </section>
      )}
    </div>
  );
}

function Connectors({ home }: { home: HomeData }) {
  const [text, setText] = useState("");
  const wanted = text.toLowerCase();
  const found = home.connectors.filter((card) => `${card.title} ${card.name} ${card.host}`.toLowerCase().includes(wanted));
  return (
    <section className="section" aria-labelledby="home-connectors">
      <div className="section-head">
        <h2 id="home-connectors">{words.home.connectors}</h2>
        {home.connectors.length > 5 && (
          <input
            className="input home-search"
            type="search"
            aria-label={words.home.search}
            placeholder={words.home.search}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </div>
      <ul className="rows" data-testid="connectors">
        {found.map((card) => (
          <ConnectorRow key={card.id} card={card} />
        ))}
      </ul>
      {found.length === 0 && <p className="dim">{words.home.noMatch}</p>}
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
