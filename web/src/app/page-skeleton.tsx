import { Skeleton } from "@/ui/skeleton";

/** While the first page's code is on its way. */
export function PageSkeleton() {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <Skeleton className="h-10 w-2/3" />
      <Skeleton className="mt-6 h-64 w-full" />
    </div>
  );
}
