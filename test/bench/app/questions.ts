import { watchBlocks } from "./blocks";

/** How a measuring app is asked for something, from outside its page. */

declare global {
  interface Window {
    /** Asks the worker that answers to `name`, and says for how long the page itself was blocked meanwhile. */
    ask(name: string, args: object): Promise<{ readonly answer: unknown; readonly pageBlock: number }>;
  }
}

export function answerQuestions(request: (name: string, args: object) => Promise<unknown>): void {
  window.ask = async (name, args) => {
    const blocks = watchBlocks();
    const answer = await request(name, args);
    return { answer, pageBlock: blocks.longest() };
  };
}
