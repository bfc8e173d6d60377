import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type OwnEvent, ownEventQuery } from "@/api/own-events";
import type { Schema } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { asProblem, type Problem } from "@/lib/problem";
import { updateEvent } from "./api/events";
import { dropDraft, keepDraft } from "./drafts";
import { bodyOf, changes, type EventForm, eventSchema } from "./event-form";
import { markProblem } from "./mark-problem";

/** So long nothing may be typed before what was typed is sent. */
const PAUSE_MS = 1_200;

export type SaveState =
  | { is: "saved" }
  /** Typed, and about to be sent. */
  | { is: "waiting" }
  | { is: "saving" }
  /** Cannot be sent as it is; kept on this device. */
  | { is: "unfinished" }
  | { is: "failed"; problem: Problem };

/**
 * Sends what is typed after a pause, one request at a time, and only what differs from what the server has. Until that has succeeded a
 * copy stays on this device.
 */
export function useAutosave(form: UseFormReturn<EventForm>, event: OwnEvent, userId: string, begin: EventForm) {
  const queries = useQueryClient();
  const [state, setState] = useState<SaveState>({ is: "saved" });
  /** What the server has, as text of the form and as body. */
  const saved = useRef(JSON.stringify(begin));
  const sentBody = useRef<Schema["CreateEvent"] | undefined>(bodyOf(begin));
  const running = useRef<Promise<boolean> | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const { eventId } = event;

  const send = useCallback(async (): Promise<boolean> => {
    const values = structuredClone(form.getValues());
    const text = JSON.stringify(values);
    if (text === saved.current) return true;
    if (!eventSchema(serverNow).safeParse(values).success) {
      setState({ is: "unfinished" });
      return false;
    }
    setState({ is: "saving" });
    try {
      const body = bodyOf(values);
      const different = changes(sentBody.current, body);
      if (Object.keys(different).length > 0) {
        const updated = await updateEvent(eventId, different);
        queries.setQueryData(ownEventQuery(eventId).queryKey, updated);
      }
      saved.current = text;
      sentBody.current = body;
    } catch (error) {
      const problem = asProblem(error);
      markProblem(form, problem);
      setState({ is: "failed", problem });
      return false;
    }
    if (JSON.stringify(form.getValues()) !== text) return send();
    dropDraft(userId, eventId);
    setState({ is: "saved" });
    return true;
  }, [form, eventId, userId, queries]);

  /** Sends what is not yet sent, now. Resolves to whether the server has everything. */
  const saveNow = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current ??= send().finally(() => {
      running.current = undefined;
    });
    return running.current;
  }, [send]);

  useEffect(() => {
    const changed = () => {
      const values = form.getValues();
      if (JSON.stringify(values) === saved.current) {
        if (!running.current) {
          clearTimeout(timer.current);
          dropDraft(userId, eventId);
          setState({ is: "saved" });
        }
        return;
      }
      keepDraft(userId, eventId, values);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void saveNow(), PAUSE_MS);
      if (!running.current) setState({ is: "waiting" });
    };
    const stop = form.subscribe({ formState: { values: true }, callback: changed });
    addEventListener("online", changed);
    // What was restored from this device is not on the server yet.
    changed();
    return () => {
      stop();
      removeEventListener("online", changed);
      clearTimeout(timer.current);
    };
  }, [form, userId, eventId, saveNow]);

  /** Asked at the moment of leaving, when what is drawn may be a moment old. */
  const isSaved = useCallback(() => JSON.stringify(form.getValues()) === saved.current, [form]);
  return { state, saveNow, isSaved };
}
