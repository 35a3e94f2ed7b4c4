import { VOC_PALETTE } from "@seedmask/core/contract";
import { encodeMask } from "@seedmask/ui/maps/encode-mask";
import type { LabelMap } from "@seedmask/ui/maps/types";
import { Button } from "@seedmask/ui/primitives/button";
import { Download } from "lucide-react";

/** Saves what is shown as a PNG of label ids, in VOC's colours; made here, threshold and all. */
export function ExportMask({ map, name }: { readonly map: LabelMap; readonly name: string }) {
  const save = (): void => {
    const url = URL.createObjectURL(
      new Blob([encodeMask(map, VOC_PALETTE)], { type: "image/png" }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name.replace(/\.[^.]*(?=-\w+$)/, "")}.png`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button size="small" icon={<Download />} onClick={save}>
      Export PNG
    </Button>
  );
}
