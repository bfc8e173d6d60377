import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeCamera } from "@/testing/fake-camera";
import { renderInEnglish } from "@/testing/in-english";
import * as detectors from "../detector";
import { Viewfinder } from "./viewfinder";

vi.mock("../detector");

beforeEach(() => {
  vi.mocked(detectors.makeDetector).mockResolvedValue({ detect: async () => [] });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const shown = () => screen.findByText("Hold the code into the frame");

describe("the camera", () => {
  it("is the one at the back, and its light is offered only where it has one", async () => {
    const { asked } = fakeCamera();
    await renderInEnglish(<Viewfinder onCode={() => {}} />);
    await shown();
    expect(asked).toMatchObject([{ facingMode: "environment" }]);
    expect(screen.queryByRole("button", { name: "Light on" })).toBeNull();
    expect(screen.queryByLabelText("Camera")).toBeNull();
  });

  it("is lit and darkened with one button", async () => {
    const { lit } = fakeCamera({ torch: true });
    await renderInEnglish(<Viewfinder onCode={() => {}} />);
    fireEvent.click(await screen.findByRole("button", { name: "Light on" }));
    fireEvent.click(await screen.findByRole("button", { name: "Light off" }));
    await screen.findByRole("button", { name: "Light on" });
    expect(lit).toEqual([true, false]);
  });

  it("is another one if one is chosen, and the first is let go", async () => {
    const { asked, tracks } = fakeCamera({ cameras: ["back", "front"] });
    await renderInEnglish(<Viewfinder onCode={() => {}} />);
    const choice = await screen.findByLabelText("Camera");
    expect([...choice.querySelectorAll("option")].map(({ text }) => text)).toEqual(["back camera", "front camera"]);
    fireEvent.change(choice, { target: { value: "front" } });
    await waitFor(() => expect(tracks.map(({ deviceId }) => deviceId)).toEqual(["back", "front"]));
    expect(asked[1]).toMatchObject({ deviceId: { exact: "front" } });
    expect(tracks[0]?.stop).toHaveBeenCalled();
    await waitFor(() => expect(choice).toHaveProperty("value", "front"));
  });

  it("is let go when the page is left", async () => {
    const { tracks } = fakeCamera();
    const { unmount } = await renderInEnglish(<Viewfinder onCode={() => {}} />);
    await shown();
    unmount();
    expect(tracks[0]?.stop).toHaveBeenCalled();
  });

  for (const [refusal, words] of [
    ["NotAllowedError", "The camera is not allowed"],
    ["NotFoundError", "No camera here"],
    ["NotReadableError", "The camera does not answer"],
  ] as const) {
    it(`that answers ${refusal} is explained, and tried again`, async () => {
      const { allow } = fakeCamera({ refusal });
      await renderInEnglish(<Viewfinder onCode={() => {}} />);
      await screen.findByRole("heading", { name: words });
      allow();
      fireEvent.click(screen.getByRole("button", { name: "Try again" }));
      await shown();
    });
  }

  it("that is taken away in the middle is said", async () => {
    const { tracks } = fakeCamera();
    await renderInEnglish(<Viewfinder onCode={() => {}} />);
    await shown();
    act(() => tracks[0]?.end());
    await screen.findByRole("heading", { name: "The camera does not answer" });
  });

  it("is of no use without a reader, which is said", async () => {
    fakeCamera();
    vi.mocked(detectors.makeDetector).mockRejectedValue(new Error("no network"));
    await renderInEnglish(<Viewfinder onCode={() => {}} />);
    await screen.findByRole("heading", { name: "Codes cannot be read from pictures" });
  });
});
