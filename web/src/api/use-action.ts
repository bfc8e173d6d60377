import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { useRef } from "react";

interface Action<T, V> {
  mutationFn: (variables: V) => Promise<T>;
  onSuccess?: (data: T, variables: V) => unknown;
  onError?: (error: Error, variables: V) => unknown;
}

/**
 * A mutation that runs once at a time: what is under way takes no second press, not even one that comes before the page shows that
 * it is.
 */
export function useAction<T, V = void>({
  mutationFn,
  ...rest
}: Action<T, V>): UseMutationResult<T, Error, V> & {
  run: (variables: V) => void;
} {
  const running = useRef(false);
  const mutation = useMutation<T, Error, V>({
    mutationFn: (variables) =>
      mutationFn(variables).finally(() => {
        running.current = false;
      }),
    ...rest,
  });
  const run = (variables: V) => {
    if (running.current) return;
    running.current = true;
    mutation.mutate(variables);
  };
  return { ...mutation, run };
}
