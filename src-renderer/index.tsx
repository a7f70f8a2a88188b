import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { App } from "./app/App";
import { start } from "./app/start";

// Without this zod tries `new Function`, which the content security policy refuses and reports.
z.config({ jitless: true });

const root = document.getElementById("root");
if (!root || !window.qiao) throw new Error("The window was opened without its root element or its bridge");
createRoot(root).render(<App starting={start(window.qiao)} />);
