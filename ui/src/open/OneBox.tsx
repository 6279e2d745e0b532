import { FileUp, FlaskConical, FolderOpen, Plus } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { cancelBusy } from "../app/busy";
import { app, useApp } from "../app/store";
import { addToConnector, openFile, openFolder, openSample, openSource } from "../app/source";
import { Button } from "../components/Button";
import { ProblemView } from "../components/ProblemView";
import { Working } from "../components/Working";
import { words } from "../strings";
import { openWords } from "../strings/open";
import { connectorsOf, nameAmong, urlOf } from "./addTo";
import "./open.css";

/** The one box: a URL, a curl command, a definition, a database's address or a path goes in; what it is, is told from its content. */
export function OneBox() {
  const text = useApp((state) => state.box);
  const busy = useApp((state) => state.busy);
  const problem = useApp((state) => state.problem);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (busy === null) box.current?.focus();
  }, [busy]);
  const open = () => {
    if (text.trim() !== "") void openSource(text);
    else box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    open();
  };
  const rows = Math.min(8, Math.max(2, text.split("\n").length));
  return (
    <section className="one-box" aria-labelledby="one-box-title">
      <h1 id="one-box-title">{words.home.title}</h1>
      <textarea
        ref={box}
        className="box mono"
        data-testid="box"
        aria-label={words.box.label}
        placeholder={words.box.placeholder}
        rows={rows}
        value={text}
        readOnly={busy !== null}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => app.set({ box: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {busy === null && <AddTo text={text} />}
      {busy === null ? <Ways empty={text.trim() === ""} onOpen={open} /> : <Working message={busy.message} onCancel={cancelBusy} />}
      {problem !== null && <ProblemView problem={problem} onRetry={problem.retry && text.trim() !== "" ? open : undefined} />}
    </section>
  );
}

/** Where the host of a URL is that of a connector: the way to add it there. Enter makes a new one all the same. */
function AddTo({ text }: { text: string }) {
  const cards = useApp((state) => state.home?.connectors);
  const url = urlOf(text);
  const found = url === null || cards === undefined ? [] : connectorsOf(url, cards);
  if (url === null || found.length === 0) return null;
  return (
    <p className="box-add" data-testid="box-add">
      <span>{openWords.add.known(url.host)}</span>
      {found.map((card) => (
        <Button key={card.id} data-testid={`add-to-${card.name}`} icon={<Plus className="icon" aria-hidden />} onClick={() => void addToConnector(card.id, url)}>
          {openWords.add.to(nameAmong(card, found))}
        </Button>
      ))}
    </p>
  );
}

function Ways({ empty, onOpen }: { empty: boolean; onOpen: () => void }) {
  return (
    <div className="ways">
      <Button look="primary" main data-testid="open" disabled={empty} onClick={onOpen}>
        {words.box.open}
      </Button>
      <Button data-testid="try-sample" icon={<FlaskConical className="icon" aria-hidden />} onClick={() => void openSample()}>
        {words.box.sample}
      </Button>
      <Button look="quiet" data-testid="open-file" icon={<FileUp className="icon" aria-hidden />} onClick={() => void openFile()}>
        {words.box.file}
      </Button>
      <Button look="quiet" data-testid="open-folder" icon={<FolderOpen className="icon" aria-hidden />} onClick={() => void openFolder()}>
        {words.box.folder}
      </Button>
      <p className="dim">{words.box.hint}</p>
    </div>
  );
}
