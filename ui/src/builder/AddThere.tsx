import { Plus } from "lucide-react";
import { Button } from "../components/Button";
import { words } from "../strings";
import { openList } from "./go";
import type { ListName } from "./rows";

/** From a room that has nothing to show: to the connector's form where it is made. */
export function AddThere({ connector, list }: { connector: string; list: ListName }) {
  return (
    <Button icon={<Plus className="icon" aria-hidden />} data-testid={`add-${list}`} onClick={() => void openList(connector, list)}>
      {words.builder.add[list]}
    </Button>
  );
}
