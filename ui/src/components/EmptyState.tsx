import type { ReactNode } from "react";
import "./controls.css";

/** What stands where nothing is yet: what this place is for and how to fill it. */
export function EmptyState({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  );
}
