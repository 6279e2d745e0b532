import type { ConnectionView } from "../api";
import { DataGrid } from "../data/DataGrid";

/** What a connection has synced. */
export function ConnectionData({ view }: { view: ConnectionView }) {
  return <DataGrid key={view.id} connection={view.id} />;
}
