import { Filter, Search, X } from "lucide-react";
import { useEffect, useState, type FormEvent } from "react";
import type { Column, DataFilter, FilterOp } from "../api";
import { Button } from "../components/Button";
import { Popover } from "../components/Popover";
import { dataWords as words } from "../strings/data";

/** How long typing rests before the table is asked, in milliseconds. */
const REST = 250;

/** A filter in words: `total is more than 10`. */
function filterText(filter: DataFilter): string {
  const bare = filter.op === "is_null" || filter.op === "not_null";
  return [filter.column === "" ? words.any : filter.column, words.ops[filter.op], ...(bare ? [] : [`“${filter.value}”`])].join(" ");
}

/** The search over all columns. */
export function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => onChange(text), REST);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  const [before, setBefore] = useState(value);
  if (before !== value) {
    setBefore(value);
    if (value === "") setText("");
  }
  return (
    <div className="data-search" role="search">
      <Search className="icon" aria-hidden />
      <input type="search" className="input" aria-label={words.search} placeholder={words.search} data-testid="data-filter-value" value={text} onChange={(event) => setText(event.target.value)} />
    </div>
  );
}

/** The button that adds a filter. */
export function AddFilter({ columns, first, onAdd }: { columns: Column[]; first: string; onAdd: (filter: DataFilter) => void }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <Button
        look="quiet"
        icon={<Filter className="icon" aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        data-testid="filter-open"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {words.filter}
      </Button>
      {anchor !== null && (
        <Popover label={words.filterTitle} anchor={anchor} onClose={() => setAnchor(null)}>
          <FilterForm
            columns={columns}
            first={first}
            onAdd={(filter) => {
              setAnchor(null);
              onAdd(filter);
            }}
          />
        </Popover>
      )}
    </>
  );
}

function FilterForm({ columns, first, onAdd }: { columns: Column[]; first: string; onAdd: (filter: DataFilter) => void }) {
  const [column, setColumn] = useState(first);
  const type = columns.find((each) => each.name === column)?.type;
  const [op, setOp] = useState<FilterOp>(type === "string" || type === undefined ? "contains" : "equals");
  const [value, setValue] = useState("");
  const bare = op === "is_null" || op === "not_null";
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (bare || value !== "") onAdd({ column, op, value: bare ? "" : value });
  };
  return (
    <form className="filter-form" onSubmit={onSubmit}>
      <h3>{words.filterTitle}</h3>
      <select className="input" aria-label={words.filterColumn} data-testid="filter-column" data-autofocus value={column} onChange={(event) => setColumn(event.target.value)}>
        <option value="">{words.any}</option>
        {columns.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select className="input" aria-label={words.filterOp} data-testid="filter-op" value={op} onChange={(event) => setOp(event.target.value as FilterOp)}>
        {Object.entries(words.ops).map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {!bare && <input className="input mono" aria-label={words.filterValue} placeholder={words.filterValue} data-testid="filter-value" value={value} onChange={(event) => setValue(event.target.value)} />}
      <Button look="primary" type="submit" data-testid="filter-add" disabled={!bare && value === ""}>
        {words.filterAdd}
      </Button>
    </form>
  );
}

/** The filters that hold, each with a way to take it away. */
export function Chips({ filters, onDrop, onClear }: { filters: DataFilter[]; onDrop: (at: number) => void; onClear: () => void }) {
  if (filters.length === 0) return null;
  return (
    <div className="data-chips" data-testid="filter-chips">
      {filters.map((filter, at) => (
        <button key={`${filterText(filter)} ${at}`} type="button" className="data-chip" data-testid={`filter-chip-${at}`} aria-label={words.filterDrop(filterText(filter))} onClick={() => onDrop(at)}>
          {filterText(filter)}
          <X className="icon" aria-hidden />
        </button>
      ))}
      {filters.length > 1 && (
        <Button look="quiet" onClick={onClear}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}
