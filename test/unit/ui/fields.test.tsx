// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState, type ReactNode } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { asTyped } from "../../../src-renderer/i18n/formats";
import { DateTimeField } from "../../../src-renderer/ui/DateTimeField";
import { FilterField } from "../../../src-renderer/ui/FilterField";
import { PickMany, type Chosen } from "../../../src-renderer/ui/PickMany";
import { PickOne } from "../../../src-renderer/ui/PickOne";
import { TextField } from "../../../src-renderer/ui/TextField";
import { createFakeNotebook, type FakeNotebook } from "../../support/fakeNotebook";
import { cleanup, renderScreen } from "../../support/renderScreen";

afterEach(cleanup);

function organisations(): FakeNotebook {
  const notebook = createFakeNotebook();
  notebook.put("organisation", "mohurd", {
    nameEn: "Ministry of Housing",
    nameZh: "住房和城乡建设部",
    level: "ministerial",
  });
  notebook.put("organisation", "miit", {
    nameEn: "Ministry of Industry",
    nameZh: "工业和信息化部",
    level: "ministerial",
  });
  return notebook;
}

it("every field is set in the direction of what is typed", () => {
  renderScreen(
    <>
      <TextField label="Title" value="פגישה" onChange={() => undefined} />
      <FilterField value="" onChange={() => undefined} />
      <PickOne label="Organisation" type="organisation" value={undefined} onChange={() => undefined} />
    </>,
    { section: "contacts" },
  );
  const directions = ["Title", "Filter", "Organisation"].map(
    (name) => screen.getByLabelText<HTMLInputElement>(name).dir,
  );
  expect(directions).toEqual(["auto", "auto", "auto"]);
});

describe("the filter", () => {
  function renderFilter(): string[] {
    const heard: string[] = [];
    function Filter(): ReactNode {
      const [filter, setFilter] = useState("");
      return (
        <FilterField
          value={filter}
          onChange={(next) => {
            heard.push(next);
            setFilter(next);
          }}
        />
      );
    }
    renderScreen(<Filter />, { section: "organisations" });
    return heard;
  }

  it("does not filter by what an input method has not finished", () => {
    const heard = renderFilter();
    const field = screen.getByLabelText("Filter");
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: "zhu" } });
    expect(heard).toEqual([]);
    fireEvent.change(field, { target: { value: "住" } });
    fireEvent.compositionEnd(field);
    expect(heard).toEqual(["住"]);
  });

  it("goes on after a composition that was thrown away without an end", () => {
    const heard = renderFilter();
    const field = screen.getByLabelText<HTMLInputElement>("Filter");
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: "zhu" } });
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    value?.set?.call(field, "住");
    fireEvent(field, new InputEvent("input", { bubbles: true, isComposing: false }));
    expect(heard).toEqual(["住"]);
  });

  it("is cleared by Esc, but not by the Esc that ends a composition", () => {
    const heard = renderFilter();
    const field = screen.getByLabelText("Filter");
    fireEvent.change(field, { target: { value: "zj" } });
    fireEvent.keyDown(field, { key: "Escape", keyCode: 229 });
    expect(heard).toEqual(["zj"]);
    fireEvent.keyDown(field, { key: "Escape" });
    expect(heard).toEqual(["zj", ""]);
    expect(field).toHaveProperty("value", "");
  });
});

describe("a date and time", () => {
  const parse = (text: string): string | null => {
    const moment = new Date(`${text.trim().replace(" ", "T")}:00+08:00`);
    return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
  };
  function Field(): ReactNode {
    const [text, setText] = useState("");
    return (
      <DateTimeField
        label="Starts"
        value={text}
        onChange={setText}
        parse={parse}
        unreadable="Write it as 2026-11-24 09:00."
      />
    );
  }

  it("keeps what cannot be read and says so once the field is left", async () => {
    const { user } = renderScreen(<Field />, { section: "meetings" });
    const field = screen.getByLabelText("Starts");
    await user.type(field, "next Tuesday");
    expect(screen.queryByText(/Write it as/)).toBeNull();
    await user.tab();
    expect(field).toHaveProperty("value", "next Tuesday");
    expect(screen.getByText(/Write it as/)).toBeDefined();
  });

  it("is written in China time", () => {
    expect(asTyped("2026-11-24T01:00:00.000Z")).toBe("2026-11-24 09:00");
    expect(asTyped("2026-11-23T16:00:00.000Z")).toBe("2026-11-24 00:00");
  });
});

describe("a picker", () => {
  function One(): ReactNode {
    const [value, setValue] = useState<`organisation:${string}` | undefined>(undefined);
    return (
      <>
        <PickOne label="Organisation" type="organisation" value={value} onChange={setValue} />
        <output>{value ?? "none"}</output>
      </>
    );
  }

  it("takes the best match with Enter alone", async () => {
    const { user } = renderScreen(<One />, { section: "contacts", notebook: organisations() });
    await user.type(screen.getByLabelText("Organisation"), "housing{Enter}");
    await waitFor(() => {
      expect(screen.getByText("organisation:mohurd")).toBeDefined();
    });
    await waitFor(() => {
      expect(screen.getByLabelText("Organisation")).toHaveProperty("value", "Ministry of Housing");
    });
  });

  it("goes through the matches with the arrow keys", async () => {
    const { user } = renderScreen(<One />, { section: "contacts", notebook: organisations() });
    await user.type(screen.getByLabelText("Organisation"), "ministry");
    expect((await screen.findAllByRole("option"))[1]?.textContent).toContain("Ministry of Housing");
    await waitFor(() => {
      expect(screen.getAllByRole("option")[0]?.hasAttribute("data-combobox-selected")).toBe(true);
    });
    await user.keyboard("{ArrowDown}{Enter}");
    expect(await screen.findByText("organisation:mohurd")).toBeDefined();
  });

  it("changes nothing when it is left without a choice", async () => {
    const { user } = renderScreen(<One />, { section: "contacts", notebook: organisations() });
    await user.type(screen.getByLabelText("Organisation"), "housing");
    await user.tab();
    expect(screen.getByText("none")).toBeDefined();
    expect(screen.getByLabelText("Organisation")).toHaveProperty("value", "");
  });

  it("takes a typed name that is no record, and gives the last one back to Backspace", async () => {
    function Many(): ReactNode {
      const [chosen, setChosen] = useState<readonly Chosen[]>([]);
      return (
        <PickMany
          label="Attendees"
          type="contact"
          chosen={chosen}
          onAdd={(id) => {
            setChosen((all) => [...all, { key: id, name: id, id }]);
          }}
          onTyped={(name) => {
            setChosen((all) => [...all, { key: name, name }]);
          }}
          typedLabel={(name) => `Add ${name}`}
          onRemove={(key) => {
            setChosen((all) => all.filter((each) => each.key !== key));
          }}
        />
      );
    }
    const { user } = renderScreen(<Many />, { section: "meetings" });
    const field = screen.getByRole("textbox", { name: "Attendees" });
    await user.type(field, "Li Na{Enter}");
    expect(await screen.findByRole("button", { name: "Remove Li Na" })).toBeDefined();
    await user.type(field, "{Backspace}");
    expect(screen.queryByRole("button", { name: "Remove Li Na" })).toBeNull();
  });
});
