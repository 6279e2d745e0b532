import { Fragment } from "react";
import { Sheet } from "../components/Sheet";
import { words } from "../strings";

/** The keys of the window. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={words.keys.title} onClose={onClose}>
      <dl className="keys">
        {words.keys.rows.map(([keys, what]) => (
          <Fragment key={keys}>
            <dt>{keys}</dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </Sheet>
  );
}
