import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { OrganisationId } from "../../domain/ids";
import type { Level } from "../../domain/records/organisation";
import { useOpenRecord } from "../../platform/navigation";
import { useBegin } from "../../platform/useBegin";
import { LinkedRecords } from "../../ui/LinkedRecords";
import { begunWith, levelBelow } from "./organisationForm";
import { useBodiesBelow } from "./useBodiesBelow";

/** The bodies whose superior it is, and apart from them those whose secretariat it hosts. */
export function BodiesBelow({ id, level }: { readonly id: OrganisationId; readonly level: Level }): ReactNode {
  const { t } = useTranslation("organisations");
  const openRecord = useOpenRecord();
  const begin = useBegin();
  const below = useBodiesBelow(id);
  return (
    <>
      <LinkedRecords
        title={t("subordinates")}
        rows={below.subordinates}
        none={t("noSubordinates")}
        untitled={t("noName")}
        action={
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              openRecord(begin("organisation", begunWith(levelBelow(level), id)));
            }}
          >
            {t("newBelow")}
          </Button>
        }
      />
      {below.hosted.length > 0 && <LinkedRecords title={t("hosts")} rows={below.hosted} untitled={t("noName")} />}
    </>
  );
}
