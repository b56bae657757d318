/*
 * What `candor.js` offers to a page, for TypeScript. Nothing here runs.
 * In a project: /// <reference path="candor.d.ts" />
 */

type CandorText = string | number;

/** The options of the script tag without `data-`; a missing one is taken from the script's own tag. */
interface CandorSettings {
  survey: string;
  /** Any HTTP address; `/v1/responses` where the script came from. */
  endpoint?: string;
  format?: "cloudevents" | "flat";
  /** A language tag; the page's language. */
  locale?: string;
  display?: "popover" | "inline" | "modal";
  /** A selector, for `inline`. */
  target?: string;
  trigger?:
    | "load"
    | "delay"
    | "manual"
    | "exit"
    | `scroll:${number}`
    | `click:${string}`
    | `track:${string}`
    | `data-layer:${string}`;
  /** In milliseconds. */
  delay?: CandorText;
  /** The share of persons who are asked, 0 to 1. */
  sample?: CandorText;
  /** Pages, with spaces between: part of an address, or `starts:`, `ends:`, `equals:`, `pattern:`. */
  include?: string;
  exclude?: string;
  /** A number of days, or one of these. */
  frequency?: "always" | "once" | "until-answered" | CandorText;
  /** Days without any other survey. */
  pause?: CandorText;
  consent?: "wait";
  theme?: "auto" | "light" | "dark";
  zIndex?: CandorText;
  /** Nothing is sent or remembered. */
  test?: boolean | string;
  /** What goes with every answer. */
  context?: Record<string, CandorText>;
}

interface CandorEventDetails {
  "candor:ready": { survey: string };
  "candor:shown": { survey: string };
  "candor:answered": { survey: string; rating: number; bucket: "bottom" | "middle" | "top" };
  "candor:completed": { survey: string; rating: number; reasons: string[]; revision: number };
  "candor:dismissed": { survey: string };
  "candor:abandoned": { survey: string };
  "candor:failed": { survey: string; reason: string };
}

type CandorEvents = { [Name in keyof CandorEventDetails]: CustomEvent<CandorEventDetails[Name]> };

type CandorEventName = keyof CandorEventDetails extends `candor:${infer Name}` ? Name : never;

interface Candor {
  readonly version: number;
  /** Adds a survey to the page; one that is there already stays as it is. */
  init(settings: CandorSettings): void;
  /** Shows a survey now, or all of them. */
  show(survey?: string): void;
  hide(survey?: string): void;
  /** Shows a survey whatever its rules say; nothing is sent or remembered. */
  preview(survey?: string): void;
  /** Takes a survey away for good; what was answered is sent. */
  destroy(survey?: string): void;
  /** Tells of something that happened, for surveys that wait for it. */
  track(event: string, context?: Record<string, CandorText>): void;
  /** Names the person, so that they are in or out of every sample for good. Never sent. */
  identify(person: string): void;
  /** Forgets the person and what was remembered of them. */
  reset(): void;
  on<Name extends CandorEventName>(
    event: Name,
    run: (event: CandorEvents[`candor:${Name}`]) => void,
  ): void;
  off<Name extends CandorEventName>(
    event: Name,
    run: (event: CandorEvents[`candor:${Name}`]) => void,
  ): void;
  /** Why a survey shows or not, a line for each. */
  why(survey?: string): string;
  /** The person agrees: surveys with `consent: "wait"` may show. */
  grant(): void;
}

/** Before the script has come: calls that it will make up for. */
interface CandorQueue {
  q: [method: keyof Candor, ...given: unknown[]][];
}

interface Window {
  candor?: Candor | CandorQueue;
  dataLayer?: unknown[];
}

interface WindowEventMap extends CandorEvents {}
interface HTMLElementEventMap extends CandorEvents {}

interface HTMLElementTagNameMap {
  "candor-survey": HTMLElement;
  "candor-score": HTMLElement;
}
