import type { ReactNode } from "react";
import { BackupSettings } from "../features/backup/BackupSettings";
import { ProtectionSettings } from "../features/protection/ProtectionSettings";
import { SettingsSection } from "../features/settings/SettingsSection";

/** The settings with the groups that other features bring. */
export function SettingsScreen(): ReactNode {
  return <SettingsSection protection={<ProtectionSettings />} backup={<BackupSettings />} />;
}
