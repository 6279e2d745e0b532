import type { Stream, StreamPreview, Workbench } from "../api";
import { count } from "../app/format";
import { app, PANEL_TABS, shownPreview, useApp, type PanelTab } from "../app/store";
import { pointAt, reread, setStream } from "../app/workbench";
import { fieldOf } from "../builder/cause";
import { inFirstRecord } from "../builder/child";
import { carries, dropped } from "../builder/drag";
import { goToField } from "../builder/go";
import { ProblemView } from "../components/ProblemView";
import { Tabs } from "../components/Tabs";
import { MappingGrid } from "../mapping/MappingGrid";
import { RecordsTable } from "../result/RecordsTable";
import { words } from "../strings";
import { LogTab } from "./LogTab";
import { NotRead } from "./NotRead";
import { RawResponse } from "./RawResponse";
import { ReadBar } from "./ReadBar";
import { RequestTab } from "./RequestTab";
import { SchemaTab } from "./SchemaTab";
import { StateTab } from "./StateTab";
import "./panel.css";

/** The tabs that show what was read. */
const READ: ReadonlySet<PanelTab> = new Set(["records", "response", "request", "schema"]);

/** The test panel: everything that the first pages tell about a stream. */
export function TestPanel({ workbench }: { workbench: Workbench }) {
  const tab = useApp((state) => state.tab);
  const name = useApp((state) => state.stream);
  const stream = workbench.definition.streams?.find((each) => each.name === name);
  const preview = useApp(shownPreview);
  const counts: Partial<Record<PanelTab, string>> = {};
  if (preview !== undefined) counts.records = `${count(preview.rows)}${preview.limited ? "+" : ""}`;
  const tabs = PANEL_TABS.map((value) => {
    const shown = counts[value];
    return shown === undefined ? { value, label: words.tabs[value] } : { value, label: words.tabs[value], count: shown };
  });
  return (
    <section className="panel" aria-label={words.result.panel}>
      <div
        className="panel-tabs"
        // A value that is held over the mapping's tab opens it, and becomes a column where it is dropped there.
        onDragOver={(event) => {
          if (!carries(event) || !isMapping(event.target)) return;
          event.preventDefault();
          if (tab !== "mapping") app.set({ tab: "mapping" });
        }}
        onDrop={(event) => {
          const value = isMapping(event.target) ? dropped(event) : null;
          if (value === null || stream === undefined || value.parent !== name) return;
          event.preventDefault();
          void pointAt(inFirstRecord(stream, value.inside), "column");
        }}
      >
        <Tabs label={words.result.panel} tabs={tabs} value={tab} onChange={(next) => app.set({ tab: next })} panel="test-panel" />
      </div>
      <div id="test-panel" className={`panel-body ${tab}`} role="tabpanel" aria-labelledby={`test-panel-${tab}`}>
        {preview?.problem != null && <ProblemView
            problem={preview.problem}
            onRetry={() => void reread()}
            onField={(path) => void goToField(path)}
            cause={fieldOf(preview.problem, workbench.definition, name)}
          />}
        {stream !== undefined && <Body tab={tab} workbench={workbench} stream={stream} preview={preview ?? null} />}
        {stream !== undefined && preview !== undefined && READ.has(tab) && <ReadBar stream={stream} preview={preview} faulty={workbench.faults.length > 0} />}
      </div>
    </section>
  );
}

interface BodyProps {
  tab: PanelTab;
  workbench: Workbench;
  stream: Stream;
  preview: StreamPreview | null;
}

function Body({ tab, workbench, stream, preview }: BodyProps) {
  if (tab === "state") return <StateTab key={stream.name} id={workbench.id} stream={stream} preview={preview} />;
  if (tab === "mapping")
    return (
      <MappingGrid
        stream={stream}
        path={`streams[${workbench.definition.streams?.indexOf(stream) ?? 0}]`}
        samples={preview?.fields ?? []}
        types={preview?.detection?.types ?? []}
        faults={workbench.faults.filter((fault) => concerns(fault.path, workbench, stream.name))}
        onChange={(changed) => setStream(stream.name, changed)}
      />
    );
  if (preview === null) return <NotRead title={words.unread.title} text={words.unread.text} />;
  switch (tab) {
    case "records":
      return <RecordsTable key={stream.name} id={workbench.id} stream={stream} preview={preview} />;
    case "response":
      return <RawResponse key={stream.name} id={workbench.id} stream={stream} preview={preview} />;
    case "request":
      return <RequestTab id={workbench.id} stream={stream} preview={preview} />;
    case "schema":
      return <SchemaTab id={workbench.id} stream={stream} preview={preview} />;
    case "log":
      return <LogTab lines={preview.log} />;
  }
}

function isMapping(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-testid=tab-mapping]") !== null;
}

function concerns(path: string, workbench: Workbench, stream: string): boolean {
  const index = workbench.definition.streams?.findIndex((each) => each.name === stream) ?? -1;
  return path.startsWith(`streams[${index}]`);
}
