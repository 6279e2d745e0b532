import { Fingerprint } from "lucide-react";
import { useMemo, useState } from "react";
import type { AskValue, PreviewAside, Stream, TreeNode } from "../api";
import { duration } from "../app/format";
import { app } from "../app/store";
import { setStream } from "../app/workbench";
import { insideRecord } from "../builder/child";
import { CopyButton } from "../components/CopyButton";
import type { MenuItem } from "../components/Menu";
import { said } from "../app/said";
import { words } from "../strings";
import { panelWords as W } from "../strings/panel";
import { BodyTree } from "./BodyTree";
import { Exchange } from "./Exchange";
import { useWhole } from "./ValueSheet";

interface AsidesProps {
  id: string;
  stream: Stream;
  asides: PreviewAside[];
  /** How many more there were. */
  left: number;
  version: number;
}

/** The requests beside the pages: for tokens, logins, jobs and parents. Their secrets are masked. */
export function Asides({ id, stream, asides, left, version }: AsidesProps) {
  if (asides.length === 0) return null;
  return (
    <section className="asides" data-testid="asides">
      <h2>{words.request.asides}</h2>
      {asides.map((aside, index) => (
        // They are those of one version, in their order.
        <Aside key={`${version} ${index}`} id={id} stream={stream} aside={aside} at={index} />
      ))}
      {left > 0 && <p className="dim">{W.notKept(left)}</p>}
    </section>
  );
}

function Aside({ id, stream, aside, at }: { id: string; stream: Stream; aside: PreviewAside; at: number }) {
  const [open, setOpen] = useState(false);
  const { request } = aside;
  const response = aside.response ?? null;
  return (
    <details data-testid={`aside-${at}`} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="mono">
        {named(aside)}: {request.method} {request.url}
        {response !== null && ` · ${response.status} · ${duration(response.duration_ms)}`}
      </summary>
      {open && (
        <div className="exchange">
          {aside.problem != null && <p className="bad">{said(aside.problem)}</p>}
          <div>
            <CopyButton text={() => aside.curl} label={words.request.curl} testId={`aside-curl-${at}`} />
          </div>
          <Exchange request={request} response={response}>
            <Answer id={id} stream={stream} aside={aside} at={at} />
          </Exchange>
        </div>
      )}
    </details>
  );
}

function Answer({ id, stream, aside, at }: { id: string; stream: Stream; aside: PreviewAside; at: number }) {
  const label = words.request.bodyOf(named(aside));
  const uses = usesOf(stream, aside);
  if (aside.more) return <Long id={id} stream={stream.name} at={at} label={label} uses={uses} />;
  if (aside.body !== "") return <BodyTree text={aside.body} label={label} uses={uses} />;
  return (aside.response?.bytes ?? 0) > 0 ? <p className="dim">{W.noBody}</p> : null;
}

function Long({ id, stream, at, label, uses }: { id: string; stream: string; at: number; label: string; uses: (node: TreeNode) => MenuItem[] }) {
  const ask = useMemo((): AskValue => ({ id, stream, place: { in: "aside", at } }), [id, stream, at]);
  const { value } = useWhole(ask);
  return value?.text == null ? <p className="dim">{words.working}</p> : <BodyTree text={value.text} label={label} uses={uses} />;
}

function named(aside: PreviewAside): string {
  if (aside.stream != null) return W.what.parent(aside.stream);
  const known: Record<string, string> = { token: W.what.token, login: W.what.login, job: W.what.job };
  return known[aside.what] ?? words.request.asideKinds[aside.what] ?? aside.what;
}

/** What a value of a parent's answer can be used as: the id that this stream is read by. */
function usesOf(stream: Stream, aside: PreviewAside): (node: TreeNode) => MenuItem[] {
  const parent = app.get().workbench?.definition.streams?.find((each) => each.name === aside.stream);
  const partitions = stream.partitions ?? [];
  const at = partitions.findIndex((each) => each.type === "parent" && each.stream === aside.stream);
  return (node) => {
    const inside = parent === undefined || at < 0 || node.kind === "object" || node.kind === "array" ? null : insideRecord(parent, node.path);
    if (inside === null) return [];
    const take = () => {
      const partition = { ...partitions[at], value: inside } as (typeof partitions)[number];
      setStream(stream.name, { ...stream, partitions: partitions.with(at, partition) });
    };
    return [{ id: "parent-id", label: W.asId(stream.name), icon: <Fingerprint className="icon" aria-hidden />, run: take }];
  };
}
