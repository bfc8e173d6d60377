import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { download } from "@/lib/download";
import { useProblemText } from "@/parts/problem-notice";
import { Button } from "@/ui/button";

/** Fetches a PDF with the caller's token and hands it over as a file. */
export function SavePdf({
  name,
  fetchPdf,
  children,
}: {
  name: string;
  fetchPdf: () => Promise<Blob>;
  children: ReactNode;
}) {
  const problemText = useProblemText();
  const save = useMutation({ mutationFn: fetchPdf, onSuccess: (pdf) => download(name, pdf) });
  return (
    <div>
      <Button kind="secondary" busy={save.isPending} onClick={() => save.mutate()}>
        <Download aria-hidden />
        {children}
      </Button>
      {save.isError && (
        <p role="alert" className="mt-1 text-sm text-bad">
          {problemText(save.error)}
        </p>
      )}
    </div>
  );
}
