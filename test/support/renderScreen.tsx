import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { cleanup, configure, render } from "@testing-library/react";
import { userEvent, type UserEvent } from "@testing-library/user-event";
import { useMemo, useState, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import type { IpcContract } from "../../src-main/shared/ipc";
import type { Args, RequestName } from "../../src-main/shared/rpc";
import type { Language } from "../../src-main/shared/settings";
import { createTexts } from "../../src-renderer/i18n/texts";
import {
  NavigationContext,
  type Navigation,
  type Part,
  type Section,
  type ShownType,
} from "../../src-renderer/platform/navigation";
import { MainContext, type MainClient } from "../../src-renderer/platform/bridge";
import { Looks, LooksContext } from "../../src-renderer/platform/looks";
import { createNotebookSession, NotebookProvider, type NotebookSession } from "../../src-renderer/platform/notebook";
import {
  RememberedContext,
  rememberedValues,
  type Remembered,
  type RememberedValue,
} from "../../src-renderer/platform/remembered";
import type { RecordId } from "../../src-renderer/domain/ids";
import { theme } from "../../src-renderer/ui/theme";
import { createFakeNotebook, type FakeNotebook } from "./fakeNotebook";

export interface Screen {
  readonly notebook: FakeNotebook;
  readonly session: NotebookSession;
  readonly user: UserEvent;
  /** Chooses the record shown, as a list or another section would. */
  readonly select: (type: ShownType, id: RecordId | undefined) => void;
  /** Where the screen has asked to go. */
  readonly section: () => Section;
  /** The part of it that was asked for. */
  readonly part: () => Part["name"] | undefined;
  readonly selected: (type: ShownType) => RecordId | undefined;
  readonly remembered: Remembered;
  /** What the main process was asked by this name, in order. */
  readonly asked: <N extends RequestName<IpcContract>>(name: N) => readonly Args<IpcContract, N>[];
}

interface Asked {
  readonly name: string;
  readonly args: unknown;
}

interface Options {
  readonly section: Section;
  readonly notebook?: FakeNotebook;
  readonly language?: Language;
  /** What the screens remember from before. */
  readonly remembered?: Readonly<Record<string, RememberedValue>>;
}

/** The main process, which notes what it is asked, answers nothing and tells of nothing. */
function silentMain(asked: Asked[]): MainClient {
  return {
    invoke: (name, args) => {
      asked.push({ name, args });
      return Promise.resolve(null as never);
    },
    on: () => () => undefined,
  };
}

/** Gives every element a size: without a layout engine a windowed list would show no row at all. */
function giveSizes(): void {
  const size = { configurable: true, get: () => 800 };
  Object.defineProperty(HTMLElement.prototype, "offsetHeight", size);
  Object.defineProperty(HTMLElement.prototype, "offsetWidth", size);
  Object.defineProperty(HTMLElement.prototype, "clientHeight", size);
  Object.defineProperty(HTMLElement.prototype, "clientWidth", size);
  Element.prototype.scrollTo = () => undefined;
  // Fields that grow with their text listen for fonts that load late.
  Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });
  Element.prototype.scrollIntoView = () => undefined;
}

/** Renders one section over a notebook in memory, with the surroundings that the window gives it. */
export function renderScreen(children: ReactNode, options: Options): Screen {
  giveSizes();
  configure({ asyncUtilTimeout: 3000, getElementError: (message) => new Error(message ?? "not found") });
  const notebook = options.notebook ?? createFakeNotebook();
  const session = createNotebookSession(notebook);
  const texts = createTexts(options.language ?? "en");
  const asked: Asked[] = [];
  const main = silentMain(asked);
  const looks = new Looks(main, {});
  const remembered = rememberedValues(options.remembered ?? {});
  let current: Navigation | undefined;

  function Surroundings(): ReactNode {
    const [section, setSection] = useState<Section>(options.section);
    const [part, setPart] = useState<Part | undefined>(undefined);
    const [selected, setSelected] = useState<Navigation["selected"]>({});
    const navigation = useMemo<Navigation>(
      () => ({
        section,
        selected,
        part,
        go: (next, name) => {
          setSection(next);
          setPart(name && { name });
        },
        select: (type, id) => {
          setSelected((before) => {
            const { [type]: _, ...others } = before;
            return id === undefined ? others : { ...others, [type]: id };
          });
        },
        onNew: () => () => undefined,
      }),
      [section, selected, part],
    );
    current = navigation;
    return (
      <NavigationContext value={navigation}>
        <MainContext value={main}>
          <LooksContext value={looks}>
            <NotebookProvider session={session}>
              <RememberedContext value={remembered}>{children}</RememberedContext>
            </NotebookProvider>
          </LooksContext>
        </MainContext>
      </NavigationContext>
    );
  }

  notifications.clean();
  render(
    <I18nextProvider i18n={texts}>
      <MantineProvider env="test" theme={theme}>
        <Notifications />
        <Surroundings />
      </MantineProvider>
    </I18nextProvider>,
  );
  const navigation = (): Navigation => {
    if (!current) throw new Error("nothing is rendered");
    return current;
  };
  return {
    notebook,
    session,
    user: userEvent.setup(),
    select: (type, id) => {
      navigation().select(type, id);
    },
    section: () => navigation().section,
    part: () => navigation().part?.name,
    selected: (type) => navigation().selected[type],
    remembered,
    asked: (name) => asked.filter((each) => each.name === name).map(({ args }) => args as never),
  };
}

/** Takes the screen away again; call it after each test. */
export { cleanup };
