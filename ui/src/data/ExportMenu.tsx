import { CircleCheck, Download, X } from "lucide-react";
import { toastFault } from "../app/store";
import { useState } from "react";
import { call, type ExportFormat } from "../api";
import { count } from "../app/format";
import { Button } from "../components/Button";
import { Menu } from "../components/Menu";
import { ProblemView } from "../components/ProblemView";
import { Progress } from "../components/Progress";
import { dataWords } from "../strings/data";
import { dropExport, exportTo, useExport, type Wanted } from "./exports";

const words = dataWords.export;
const FORMATS: ExportFormat[] = ["csv", "jsonl", "parquet"];

/** Writes what is shown to a file of the person's choice. */
export function ExportMenu({ wanted, name, disabled }: { wanted: Wanted; name: string; disabled?: boolean }) {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <Button
        look="quiet"
        icon={<Download className="icon" aria-hidden />}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        data-testid="export-open"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        {words.open}
      </Button>
      {anchor !== null && (
        <Menu
          label={words.title}
          anchor={anchor}
          items={FORMATS.map((format) => ({ id: `export-${format}`, label: words.formats[format], end: `.${format}`, run: () => void exportTo(wanted, name, format) }))}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}

/** How far the export is, and how it ended. */
export function ExportBar() {
  const { view } = useExport();
  if (view === null) return null;
  const going = view.outcome == null;
  const rows = count(view.rows);
  const text = view.total == null ? words.going(rows) : words.of(rows, count(view.total));
  return (
    <div className="export-bar" data-testid="export-bar" data-outcome={view.outcome ?? "running"}>
      {going && (
        <>
          <span className="num">{text}</span>
          <Progress label={words.progress} value={view.total == null || view.total === 0 ? null : view.rows / view.total} />
          <span className="dim num">{words.rate(count(Math.round(view.rate)))}</span>
          <Button look="quiet" data-testid="export-stop" onClick={() => void call("export_cancel", { id: view.id }).catch(toastFault)}>
            {words.stop}
          </Button>
        </>
      )}
      {view.outcome === "done" && (
        <span role="status" className="export-done">
          <CircleCheck className="icon good" aria-hidden /> {words.done(rows, view.path)}
        </span>
      )}
      {view.outcome === "cancelled" && <span role="status">{words.cancelled}</span>}
      {view.problem != null && <ProblemView problem={view.problem} />}
      {!going && <Button look="quiet" icon={<X className="icon" aria-hidden />} aria-label={words.close} onClick={dropExport} />}
    </div>
  );
}
