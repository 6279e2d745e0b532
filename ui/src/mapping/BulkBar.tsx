import { Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import type { FieldType, Stream } from "../api";
import { Button } from "../components/Button";
import { mappingWords as words } from "../strings";
import { dropAll, prefixAll, showAll, typeAll, type Only } from "./columns";

interface BulkBarProps {
  stream: Stream;
  chosen: Only;
  onChange: (stream: Stream) => void;
  /** Chooses none. */
  onClear: () => void;
}

/** What the chosen columns become together: their type, the beginning of their names, hidden, gone. Each is one undo. */
export function BulkBar({ stream, chosen, onChange, onClear }: BulkBarProps) {
  const [prefix, setPrefix] = useState("");
  const put = (event: FormEvent) => {
    event.preventDefault();
    if (prefix.trim() === "") return;
    onChange(prefixAll(stream, prefix.trim(), chosen));
    setPrefix("");
  };
  return (
    <div className="mapping-tools mapping-bulk" role="toolbar" aria-label={words.chosen(chosen?.size ?? 0)} data-testid="bulk-bar">
      <span className="num" aria-live="polite">
        {words.chosen(chosen?.size ?? 0)}
      </span>
      <select
        className="input"
        aria-label={words.typeAll}
        data-testid="bulk-type"
        value=""
        onChange={(event) => event.target.value !== "" && onChange(typeAll(stream, event.target.value as FieldType, chosen))}
      >
        <option value="">{words.typeAll}</option>
        {Object.entries(words.types).map(([type, label]) => (
          <option key={type} value={type}>
            {label}
          </option>
        ))}
      </select>
      <form className="mapping-prefix" onSubmit={put}>
        <input className="input mono" aria-label={words.prefix} placeholder={words.prefix} data-testid="bulk-prefix" spellCheck={false} value={prefix} onChange={(event) => setPrefix(event.target.value)} />
        <Button type="submit" disabled={prefix.trim() === ""} data-testid="bulk-prefix-put">
          {words.putPrefix}
        </Button>
      </form>
      <Button data-testid="bulk-hide" onClick={() => onChange(showAll(stream, false, chosen))}>
        {words.hideChosen}
      </Button>
      <Button
        data-testid="bulk-drop"
        icon={<Trash2 className="icon" aria-hidden />}
        onClick={() => {
          onChange(dropAll(stream, chosen));
          onClear();
        }}
      >
        {words.dropChosen}
      </Button>
      <Button look="quiet" data-testid="bulk-none" onClick={onClear}>
        {words.chooseNone}
      </Button>
    </div>
  );
}
