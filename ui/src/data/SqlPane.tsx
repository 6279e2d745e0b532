import { History, Play, Square } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { call, toProblem, type DataTable, type Problem, type SqlAnswer } from "../api";
import { copy } from "../app/copy";
import { count, duration } from "../app/format";
import { read, write, writeSoon } from "../app/kept";
import { say, toastFault } from "../app/store";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Menu } from "../components/Menu";
import { ProblemView } from "../components/ProblemView";
import { Progress } from "../components/Progress";
import { dataWords } from "../strings/data";
import { completions, quotedName, wordAt } from "./complete";
import { ExportMenu } from "./ExportMenu";
import { Grid, type Chosen } from "./Grid";
import { usualWidth, type Shown } from "./layout";
import { asJson, asTsv, type Range } from "./range";

const words = dataWords.query;
/** Questions that are remembered. */
const REMEMBERED = 30;
let asks = 0;

/** A question in SQL and its answer. */
export function SqlPane({ connection, tables }: { connection: string; tables: DataTable[] }) {
  const kept = `sql.${connection}`;
  const [history, setHistory] = useState<string[]>(() => parse(read(kept)));
  const [text, setText] = useState(() => read(`${kept}.text`) ?? history[0] ?? `SELECT * FROM ${quotedName(tables[0]?.name ?? "")} LIMIT 100`);
  const [answer, setAnswer] = useState<{ sql: string; rows: SqlAnswer; ask: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [going, setGoing] = useState("");
  const [past, setPast] = useState<DOMRect | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const live = useRef("");
  useEffect(() => {
    live.current = going;
  }, [going]);
  // A question that nobody looks at any more need not go on.
  useEffect(() => () => leave(live.current), []);
  const type = (next: string) => {
    setText(next);
    writeSoon(`${kept}.text`, next);
  };
  const run = async () => {
    if (going !== "") return;
    asks += 1;
    const ask = `sql-${asks}`;
    setGoing(ask);
    setProblem(null);
    try {
      const rows = await call("data_sql", { connection, sql: text, ask });
      setAnswer({ sql: text, rows, ask });
      const next = [text, ...history.filter((each) => each !== text)].slice(0, REMEMBERED);
      setHistory(next);
      write(kept, JSON.stringify(next));
      say(words.answered(count(rows.rows.length), duration(rows.duration_ms)));
    } catch (thrown) {
      setProblem(toProblem(thrown));
    } finally {
      setGoing("");
    }
  };
  const place = placeOf(problem);
  const goToPlace = () => {
    if (place === null || box.current === null) return;
    const before = text.split("\n").slice(0, place.line - 1).join("\n");
    const at = before.length + (place.line > 1 ? 1 : 0) + place.column - 1;
    box.current.focus();
    box.current.setSelectionRange(at, wordEnd(text, at));
  };
  return (
    <div className="sql">
      <SqlText box={box} text={text} tables={tables} faulty={problem !== null} onText={type} onRun={() => void run()} />
      <div className="data-bar">
        {going === "" ? (
          <Button look="primary" main icon={<Play className="icon" aria-hidden />} data-testid="sql-run" onClick={() => void run()}>
            {words.run} <kbd>{words.keys}</kbd>
          </Button>
        ) : (
          <Button icon={<Square className="icon" aria-hidden />} data-testid="sql-stop" onClick={() => void call("data_cancel", { id: going }).catch(toastFault)}>
            {words.stop}
          </Button>
        )}
        <Button look="quiet" icon={<History className="icon" aria-hidden />} disabled={history.length === 0} aria-haspopup="menu" data-testid="sql-history" onClick={(event) => setPast(event.currentTarget.getBoundingClientRect())}>
          {words.history}
        </Button>
        <ExportMenu wanted={{ connection, sql: answer?.sql ?? text, sort: null, filters: [], columns: [] }} name="query" disabled={answer === null} />
        <span className="soft num data-total" data-testid="sql-total" data-total={answer?.rows.rows.length ?? ""}>
          {answer !== null && words.answered(count(answer.rows.rows.length), duration(answer.rows.duration_ms))}
        </span>
      </div>
      {past !== null && <Menu label={words.history} anchor={past} items={history.map((sql, at) => ({ id: `sql-${at}`, label: oneLine(sql), run: () => type(sql) }))} onClose={() => setPast(null)} />}
      {going !== "" && (
        <div className="data-slow" role="status">
          <span>{words.running}</span>
          <Progress label={words.running} value={null} />
        </div>
      )}
      {problem !== null && (
        <div className="data-note" data-testid="sql-problem">
          <ProblemView problem={{ ...problem, faults: [], field: null as never }}>
            {place !== null && (
              <Button data-testid="sql-place" onClick={goToPlace}>
                {words.place}
              </Button>
            )}
          </ProblemView>
        </div>
      )}
      {answer !== null && <Answer answer={answer.rows} ask={answer.ask} />}
    </div>
  );
}

interface SqlTextProps {
  box: React.RefObject<HTMLTextAreaElement | null>;
  text: string;
  tables: DataTable[];
  faulty: boolean;
  onText: (text: string) => void;
  onRun: () => void;
}

function SqlText({ box, text, tables, faulty, onText, onRun }: SqlTextProps) {
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const names = caret === null ? [] : completions(text, caret, tables);
  const here = Math.min(at, names.length - 1);
  const take = (name: string) => {
    const { from } = wordAt(text, caret ?? 0);
    const word = tables.some((table) => table.name === name || table.columns.some(([column]) => column === name)) ? quotedName(name) : name;
    onText(text.slice(0, from) + word + text.slice(caret ?? 0));
    setCaret(null);
    const end = from + word.length;
    requestAnimationFrame(() => box.current?.setSelectionRange(end, end));
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      // Not also the view's main button.
      event.stopPropagation();
      setCaret(null);
      return onRun();
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return setCaret(event.currentTarget.selectionStart);
    }
    if (names.length === 0) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const name = names[here];
    if (by !== undefined) setAt((here + by + names.length) % names.length);
    else if ((event.key === "Tab" || event.key === "Enter") && name !== undefined) take(name);
    else if (event.key === "Escape") setCaret(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="sql-text">
      <textarea
        ref={box}
        className="input mono"
        rows={5}
        spellCheck={false}
        aria-label={words.label}
        aria-describedby="sql-hint"
        aria-controls={names.length > 0 ? "sql-names" : undefined}
        aria-autocomplete="list"
        aria-invalid={faulty}
        aria-activedescendant={names.length > 0 ? `sql-name-${here}` : undefined}
        data-testid="sql-text"
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setCaret(event.target.selectionStart);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setCaret(null)}
      />
      <div id="sql-names" role="listbox" aria-label={words.complete} className="sql-names" hidden={names.length === 0}>
        {names.map((name, index) => (
          // The keys belong to the text; the mouse must not take its focus.
          <div
            key={name}
            tabIndex={-1}
            id={`sql-name-${index}`}
            role="option"
            aria-selected={index === here}
            className="mono"
            onMouseDown={(event) => {
              event.preventDefault();
              take(name);
            }}
          >
            {name}
          </div>
        ))}
      </div>
      <p id="sql-hint" className="dim">
        {words.hint}
      </p>
    </div>
  );
}

function Answer({ answer, ask }: { answer: SqlAnswer; ask: string }) {
  const [widths, setWidths] = useState<Record<string, number>>({});
  const [menu, setMenu] = useState<Chosen | null>(null);
  const columns = useMemo<Shown[]>(() => answer.columns.map(({ name, type }, place) => ({ name, type, place, width: widths[name] ?? usualWidth(type) })), [answer, widths]);
  if (answer.rows.length === 0) return <EmptyState title={words.empty} />;
  const cells = (range: Range) => answer.rows.slice(range.top, range.bottom + 1).map((row) => row.slice(range.left, range.right + 1));
  const put = (range: Range, as: "tsv" | "json") => {
    const rows = cells(range);
    const alone = rows.length === 1 && range.left === range.right;
    void copy(as === "json" ? asJson(columns.slice(range.left, range.right + 1), rows) : alone ? (rows[0]?.[0] ?? "") : asTsv(rows));
  };
  const one = (chosen: Chosen): Range => ({ top: chosen.at.row, bottom: chosen.at.row, left: chosen.at.column, right: chosen.at.column });
  return (
    <>
      {answer.more && <p className="note data-note">{words.more(count(answer.rows.length))}</p>}
      <Grid
        label={words.results}
        testId="sql-rows"
        columns={columns}
        total={answer.rows.length}
        row={(at) => answer.rows[at]}
        question={ask}
        onWidth={(name, width) => setWidths((before) => ({ ...before, [name]: width }))}
        onOpen={(at) => put({ top: at.row, bottom: at.row, left: at.column, right: at.column }, "tsv")}
        onCopy={(range) => put(range, "tsv")}
        onMenu={setMenu}
      />
      {menu !== null && (
        <Menu
          label={dataWords.menu.title}
          anchor={menu.anchor}
          items={[
            { id: "cell-copy", label: dataWords.menu.cell, run: () => put(one(menu), "tsv") },
            { id: "row-json", label: dataWords.menu.row, run: () => put({ ...one(menu), left: 0, right: columns.length - 1 }, "json") },
            { id: "range-tsv", label: dataWords.menu.tsv, run: () => put(menu.range, "tsv") },
            { id: "range-json", label: dataWords.menu.json, run: () => put(menu.range, "json") },
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}

function leave(ask: string): void {
  if (ask !== "") call("data_cancel", { id: ask }).catch(() => undefined);
}

/** Where SQL is at fault: `sql:2:9`. */
function placeOf(problem: Problem | null): { line: number; column: number } | null {
  const found = /^sql:(\d+):(\d+)$/.exec(problem?.field ?? "");
  return found === null ? null : { line: Number(found[1]), column: Number(found[2]) };
}

function wordEnd(text: string, from: number): number {
  return from + Math.max(1, /^[\p{L}\p{N}_]*/u.exec(text.slice(from))?.[0].length ?? 1);
}

function oneLine(sql: string): string {
  const line = sql.replaceAll(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

function parse(text: string | null): string[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list.filter((each): each is string => typeof each === "string") : [];
  } catch {
    return [];
  }
}
