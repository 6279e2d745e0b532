import { lazy, Suspense, useEffect, useRef, type ReactNode } from "react";
import type { Workbench } from "../api";
import { loadForms } from "../app/forms";
import { useKept } from "../app/kept";
import { useApp } from "../app/store";
import { Split } from "../components/Split";
import { useWidth } from "../components/useSize";
import { words } from "../strings";
import { ConnectorTree } from "./ConnectorTree";
import { FormPane } from "./FormPane";
import "./builder.css";

const W = words.builder;
const YamlPane = lazy(() => import("./YamlPane").then((module) => ({ default: module.YamlPane })));

/** From this width on the tree, the form and the test panel stand side by side. */
const WIDE = 1000;
/** Below it the tree gives its place to what is looked at. */
const SMALL = 700;
/** The least that a pane is still of use at. */
const LEAST = { tree: 160, form: 300, panel: 320 };

interface BuilderProps {
  workbench: Workbench;
  /** What stands on the right: the test panel, or why there is nothing to test. */
  children: ReactNode;
  tree: boolean;
  /** Shows the tree or not; `keep` where it is to be remembered. */
  onTree: (shown: boolean, keep: boolean) => void;
}

/** The connector's parts on the left, the form or the text of one in the middle, what comes of it on the right. */
export function Builder({ workbench, children, tree, onTree }: BuilderProps) {
  const forms = useApp((state) => state.forms);
  const pane = useApp((state) => state.pane);
  const name = useApp((state) => state.stream);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 1200);
  const [treeWidth, setTreeWidth] = useKept("builder.tree", 216);
  const [formWidth, setFormWidth] = useKept("builder.form", 440);
  useEffect(() => {
    if (forms === null) void loadForms();
  }, [forms]);
  const wide = width >= WIDE;
  const small = width < SMALL;
  const fold = useRef(onTree);
  useEffect(() => {
    fold.current = onTree;
  });
  useEffect(() => {
    // Where there is little room the tree comes when it is asked for.
    if (small) fold.current(false, false);
  }, [small]);
  const stream = workbench.definition.streams?.find((each) => each.name === name) ?? workbench.definition.streams?.[0];
  const shownTree = tree && forms !== null;
  const left = shownTree && !small ? clamp(treeWidth, LEAST.tree, width / 3) : 0;
  const most = width - left - LEAST.panel;
  const middle = clamp(formWidth, LEAST.form, most);
  return (
    <div ref={box} className={`builder ${wide ? "wide" : "narrow"} ${small ? "small" : ""} ${pane === "none" ? "" : "parted"}`}>
      {shownTree && (
        <div className="builder-tree" style={{ width: small ? undefined : left }} onClick={(event) => small && chosen(event.target) && onTree(false, false)}>
          <ConnectorTree workbench={workbench} forms={forms} />
        </div>
      )}
      {shownTree && !small && <Split label={W.widthTree} value={left} least={LEAST.tree} most={Math.round(width / 3)} onChange={setTreeWidth} />}
      {pane !== "none" && forms !== null && (
        <section className="builder-pane" style={wide ? { width: middle } : undefined} aria-label={W.formTitle} data-testid="builder-pane">
          {pane === "form" ? (
            <FormPane forms={forms} workbench={workbench} stream={stream} />
          ) : (
            <Suspense fallback={<p className="dim builder-wait">{words.working}</p>}>
              <YamlPane key={workbench.id} workbench={workbench} />
            </Suspense>
          )}
        </section>
      )}
      {pane !== "none" && forms !== null && wide && <Split label={W.widthForm} value={middle} least={LEAST.form} most={Math.round(most)} onChange={setFormWidth} />}
      {(wide || pane === "none") && <div className="builder-test">{children}</div>}
    </div>
  );
}

/** Whether a click chose something, rather than folded or filtered. */
function chosen(target: EventTarget): boolean {
  return target instanceof Element && target.closest(".twist, button, input") === null && target.closest(".is-section, .is-item, .is-empty, .is-column") !== null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(Math.max(least, most), value)));
}
