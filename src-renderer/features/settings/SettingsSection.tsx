import type { ReactNode } from "react";
import { AboutSettings } from "./AboutSettings";
import { AppearanceSettings } from "./AppearanceSettings";
import { DataSettings } from "./DataSettings";
import { IdentitySettings } from "./IdentitySettings";
import { LanguageSetting } from "./LanguageSetting";
import { SettingsGroups } from "./SettingsGroups";
import { SyncGroup } from "./SyncGroup";

/** Groups that other features bring; the app puts them in, since features do not know each other. */
export interface BroughtGroups {
  readonly protection?: ReactNode;
  readonly backup?: ReactNode;
}

/** This computer's settings; what a group holds is the matter of its own file. */
export function SettingsSection(brought: BroughtGroups): ReactNode {
  return (
    <SettingsGroups
      contents={{
        general: <LanguageSetting />,
        identity: <IdentitySettings />,
        appearance: <AppearanceSettings />,
        sync: <SyncGroup />,
        ...brought,
        data: <DataSettings />,
        about: <AboutSettings />,
      }}
    />
  );
}
