import { useEffect, useState } from "react";
import type { AppInfo } from "../../../src-main/shared/ipc";
import { useMain } from "../../platform/bridge";

/** The program and its places; null until main has answered. */
export function useAppInfo(): AppInfo | null {
  const main = useMain();
  const [info, setInfo] = useState<AppInfo | null>(null);
  useEffect(() => {
    let left = false;
    void main.invoke("app:info", {}).then((answer) => {
      if (!left) setInfo(answer);
    });
    return () => {
      left = true;
    };
  }, [main]);
  return info;
}
