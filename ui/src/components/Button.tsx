import type { ComponentProps, ReactNode } from "react";
import "./controls.css";

interface ButtonProps extends ComponentProps<"button"> {
  look?: "plain" | "primary" | "quiet" | "danger";
  /** Ctrl+Enter presses it. At most one in a view. */
  main?: boolean;
  icon?: ReactNode;
}

/** A button. With `main` it is the view's one next step. */
export function Button({ look = "plain", main, icon, className, children, ...rest }: ButtonProps) {
  const only = children === undefined || children === null;
  const classes = ["btn", look, only ? "icon-only" : "", className ?? ""].join(" ");
  return (
    <button type="button" className={classes} data-main={main ? "" : undefined} {...rest}>
      {icon}
      {children}
    </button>
  );
}
