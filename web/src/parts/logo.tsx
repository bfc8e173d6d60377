/** Three seats in front of the footlights; the middle one is yours. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 64 64" className={className}>
      <rect width="64" height="64" rx="15" className="fill-[#a8123e]" />
      <path
        d="M10 21.5C23 14 41 14 54 21.5"
        fill="none"
        strokeWidth="6"
        strokeLinecap="round"
        className="stroke-marigold"
      />
      <rect x="9" y="34" width="13" height="16" rx="5" className="fill-white" />
      <rect x="42" y="34" width="13" height="16" rx="5" className="fill-white" />
      <rect x="25.5" y="31" width="13" height="19" rx="5" className="fill-marigold" />
    </svg>
  );
}
