import type { ReactNode } from "react";
import { AboutSettings } from "./AboutSettings";
import { AppearanceSettings } from "./AppearanceSettings";
import { DataSettings } from "./DataSettings";
import { LanguageSetting } from "./LanguageSetting";
import { SettingsGroups } from "./SettingsGroups";
import { SyncGroup } from "./SyncGroup";

/** This computer's settings; what a group holds is the matter of its own file. */
export function SettingsSection(): ReactNode {
  return (
    <SettingsGroups
      contents={{
        general: <LanguageSetting />,
        appearance: <AppearanceSettings />,
        sync: <SyncGroup />,
        data: <DataSettings />,
        about: <AboutSettings />,
      }}
    />
  );
}
