import { useEffect, useState } from "react";
import type { DataFilter, FilterOp } from "../api";
import { Button } from "../components/Button";
import { dataWords as words } from "../strings";

interface DataFilterBarProps {
  columns: string[];
  onChange: (filters: DataFilter[]) => void;
}

/** How long typing rests before the table is asked, in milliseconds. */
const REST = 200;

/** One condition on the rows. */
export function DataFilterBar({ columns, onChange }: DataFilterBarProps) {
  const [column, setColumn] = useState("");
  const [op, setOp] = useState<FilterOp>("contains");
  const [value, setValue] = useState("");
  const bare = op === "is_null" || op === "not_null";
  const active = value !== "" || (bare && column !== "");
  useEffect(() => {
    const timer = setTimeout(() => onChange(active ? [{ column, op, value }] : []), REST);
    return () => clearTimeout(timer);
  }, [column, op, value, active, onChange]);
  return (
    <div className="data-filter" role="search">
      <select className="input" aria-label={words.filterColumn} value={column} onChange={(event) => setColumn(event.target.value)}>
        <option value="">{words.any}</option>
        {columns.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select className="input" aria-label={words.filterOp} value={op} onChange={(event) => setOp(event.target.value as FilterOp)}>
        {Object.entries(words.ops).map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <input
        type="search"
        className="input mono"
        aria-label={words.filterValue}
        placeholder={words.filterValue}
        disabled={bare}
        data-testid="data-filter-value"
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      {active && (
        <Button
          look="quiet"
          onClick={() => {
            setValue("");
            setOp("contains");
            setColumn("");
          }}
        >
          {words.clear}
        </Button>
      )}
    </div>
  );
}
