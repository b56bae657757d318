/*
 * The loader: decides whether a survey shows, and draws its prerendered HTML.
 *
 * Lives here: options, triggers, sampling, memory, the host element with its shadow root, the
 * events and methods offered to the page, and the ladder down (a frame, then a link).
 * Must not live here: what needs a survey on the screen (answer.js, fetched along with the survey:
 * the form, sending, the take-over by WebAssembly), a form's words, dependencies, a second global,
 * anything thrown into the page or written to its console.
 *
 * The page may have changed the prototypes that we share with it, so what the browser reads from
 * an object of ours is read from one that has none.
 */
(() => {
  "use strict";
  const doc = document;
  // First of all: which tag is running? Nobody can tell any more once this script has ended.
  const script = doc.currentScript || doc.querySelector("script[data-survey]");
  // In a file made for one survey, all that it needs to be shown; otherwise it stays this text.
  const early = "__EARLY__";
  const base = new URL(early.survey ? "../../" : ".", script?.src || location).href;

  // File names put in by the build. In development they are left as they are and mean nothing.
  const built = (name, plain) => base + (/^__/.test(name) ? plain : name);
  const CSS_URL = built("__CANDOR_CSS__", "candor.css");
  const ANSWER_URL = built("__ANSWER_JS__", "answer.js");
  const SCORE_URL = built("__SCORE_JS__", "score.js");

  const REPLY_MS_MAX = 15000;
  const REFUSAL_MS_MAX = 50;
  const FRAME_MS_MAX = 500;
  const ROUTE_MS = 500; // between looks at the address where nobody tells that it has changed
  const DAY_MS = 86400000;
  const MEMORY_DAYS_MAX = 365;
  const ANY_KEY = "candor:*"; // no survey is called so
  const ELSEWHERE = "not on this page";

  // Holds a place until the stylesheet is there, and shows a frame when it never comes.
  const FIRST_CSS =
    ":host{all:initial!important;display:block!important;z-index:var(--candor-z,99999)!important}" +
    ":host([hidden]){display:none!important}" +
    ":host([data-display=inline]){min-block-size:var(--candor-reserve,240px)!important}" +
    ":host([data-display=popover]){position:fixed!important;inset:auto 16px 16px auto}" +
    "iframe{display:block;border:0;width:min(440px,90vw);height:min(560px,80vh)}";

  const surveys = new Map(); // by name
  const refusals = new Set(); // directives of the page's policy that have stopped us
  const untilGranted = new Set(); // what waits for consent
  let isGranted = false;
  let person = ""; // as the shop names them; never sent
  let draw = Math.random();
  let policy; // of Trusted Types
  let address = location.href;
  let sheetPromise, answerPromise;

  // ---- Small tools ----

  const make = (tag, fields) => Object.assign(doc.createElement(tag), fields);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const once = { __proto__: null, once: true };

  /** No memory, no address, no context: the person has asked not to be followed. */
  const isPrivate = () => navigator.globalPrivacyControl || navigator.doNotTrack === "1";

  const pageLocale = () => doc.documentElement.lang || navigator.language;

  /** A share in [0, 1), for ever the same for the same text. */
  const shareOf = (text) => {
    let hash = 1;
    for (const char of text) {
      hash = Math.imul(hash ^ char.codePointAt(), 2654435761);
      hash ^= hash >>> 15;
    }
    return (hash >>> 0) / 4294967296;
  };

  /** What a tag says: the `data-` attributes of a script, every attribute of our own elements. */
  const read = (element) => {
    const settings = { __proto__: null, context: { __proto__: null } };
    for (const { name, value } of element?.attributes || []) {
      const key = name.replace(/^data-/, "");
      if (key.startsWith("context-")) settings.context[key.slice(8)] = value;
      else if (key !== name || element !== script) settings[key] = value;
    }
    return settings;
  };

  /** A request that carries nobody's cookies and does not wait for ever. */
  const ask = (url, more) => {
    const signal = AbortSignal.timeout?.(REPLY_MS_MAX);
    return fetch(url, { __proto__: null, credentials: "omit", signal, ...more });
  };

  const sheetOf = (text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  };

  const fetchSheet = async () => {
    if (early.css) return sheetOf(early.css);
    const reply = await ask(CSS_URL);
    if (!reply.ok) throw reply;
    return sheetOf(await reply.text());
  };

  /** The stylesheet and the module, asked for once. */
  const stylesheet = () => (sheetPromise ||= fetchSheet());
  const answering = () => (answerPromise ||= early.answer?.(base) || import(ANSWER_URL));

  /** File names to try for a language: a collector answers the first, a plain host has a few. */
  const filesFor = (tag) => {
    try {
      const { language, script, region } = new Intl.Locale(tag).maximize();
      return new Set([tag, `${language}-${script}`, language, `${language}-${region}`, "default"]);
    } catch {
      return ["default"]; // not a language tag
    }
  };

  const parse = (html) => {
    try {
      policy ||= trustedTypes.createPolicy("candor", { __proto__: null, createHTML: (text) => text });
    } catch {
      // There is no such thing, or the page forbids it. If it insists too, we go down the ladder.
    }
    return make("template", { innerHTML: policy ? policy.createHTML(html) : html }).content;
  };

  /** Soon enough: a touch of the element, or a page that has loaded and has nothing to do. */
  const idle = (element) =>
    new Promise((resolve) => {
      const later = () => (window.requestIdleCallback || setTimeout)(resolve);
      element.addEventListener("pointerdown", resolve, once);
      element.addEventListener("focusin", resolve, once);
      if (doc.readyState === "complete") later();
      else addEventListener("load", later, once);
    });

  /** One survey on this page, from its settings to its end. `element` is ours, if there is one. */
  const createSurvey = (given, element) => {
    const { survey, target } = given;
    const key = "candor:" + survey;
    const notes = [];
    let { context } = given;
    let why, told; // why it shows or not, the last event
    let isAway; // shown, and put aside on a page it is not for
    let isMissing; // there is no survey of that name
    let host, root, box, state, delay, focusedBefore, file, form;

    // ---- Settings ----

    /** A setting that is understood, or what stands in for it. */
    const setting = (name, pattern, spare) => {
      const value = given[name] ?? "";
      if (pattern.test(value)) return value;
      if (value !== "") notes.push(`${name} "${value}" is not understood`);
      return spare;
    };
    const locale = setting("locale", /^[\w-]+$/, pageLocale());
    const format = setting("format", /^(cloudevents|flat)$/, "cloudevents");
    const display = element ? "inline" : setting("display", /^(popover|inline|modal)$/, "popover");
    const theme = setting("theme", /^(auto|light|dark)$/, "auto");
    const consent = setting("consent", /^wait$/);
    const trigger = setting("trigger", /^(load|delay|manual|exit|scroll:\d+|(track|click|data-layer):.+)$/, "load");
    const [, kind, named] = /([\w-]+):?(.*)/.exec(trigger);
    const isUnasked = /load|delay/.test(kind);
    const delayMs = +setting("delay", /^\d+$/, 0);
    const sample = +setting("sample", /^([01]|0?\.\d+)$/, 1);
    const frequency = setting("frequency", /^(always|once|until-answered|\d+)$/, "always");
    const pauseDays = setting("pause", /^\d+$/, 7);

    /** The rules of a setting about the page's address, such as `/cart ends:/thanks pattern:^/p/\d+$`. */
    const rules = (name) =>
      given[name]?.match(/\S+/g)?.map((rule) => {
        const [, kind, text] = /^(?:(starts|ends|equals|pattern):)?(.*)/.exec(rule);
        try {
          const pattern = kind === "pattern" && RegExp(text);
          return (address) => {
            if (pattern) return pattern.test(address);
            if (kind === "equals") return address === text;
            if (kind === "starts") return address.startsWith(text);
            return kind === "ends" ? address.endsWith(text) : address.includes(text);
          };
        } catch {
          notes.push(`${name} "${rule}" is not understood`);
          return () => false;
        }
      });
    const include = rules("include");
    const exclude = rules("exclude");
    const zIndex = setting("z-index", /^\d+$/, given.zIndex);
    const endpoint = new URL(setting("endpoint", /^(https?:|[./])/, "/v1/responses"), base).href;
    let isTest = "test" in given && String(given.test) !== "false";

    // ---- Whether it shows ----

    /** Until when a memory keeps it away; with days, sets that. Nothing is written unasked. */
    const memory = (name, days) => {
      if (isTest || isPrivate() || frequency === "always") return 0;
      try {
        if (days > 0) localStorage.setItem(name, Date.now() + Math.min(days, MEMORY_DAYS_MAX) * DAY_MS);
        return +localStorage.getItem(name);
      } catch {
        return 0; // storage is blocked
      }
    };

    /** The person has done something: from now on there is a reason to remember. */
    const remember = (isAnswer) => {
      memory(ANY_KEY, pauseDays);
      if (isAnswer || frequency !== "until-answered") memory(key, +frequency || MEMORY_DAYS_MAX);
    };

    const isElsewhere = () => {
      const { href, pathname, search } = location;
      const fit = (rules) =>
        [href, pathname, pathname + search].some((address) => rules.some((rule) => rule(address)));
      return (include && !fit(include)) || (exclude && fit(exclude));
    };

    const obstacle = () => {
      if (consent && !isGranted) {
        untilGranted.add(show);
        return "waiting for consent";
      }
      if (isElsewhere()) return ELSEWHERE;
      if ((person ? shareOf(person + key) : draw) >= sample) return "not in the sample";
      // What has its own place on the page disturbs nobody who has just answered something else.
      const untilMs = Math.max(memory(key), display === "inline" ? 0 : memory(ANY_KEY));
      if (untilMs > Date.now()) return "cooling down until " + new Date(untilMs).toISOString();
      const shown = doc.querySelector("[data-survey][data-state]:not([data-display=inline],[hidden])");
      if (shown && display !== "inline") return "another survey is showing";
    };

    const show = () => {
      delay = 0;
      if (host) return reveal();
      why = obstacle();
      if (!why) open();
    };

    const start = () => {
      why = "waiting for its delay";
      clearTimeout(delay);
      delay = setTimeout(show, delayMs);
    };

    /** What the trigger names: an element, its event, and whether that is the one. */
    const [source, type, isIt] = {
      __proto__: null,
      click: [doc, "click", ({ target }) => target.closest?.(named)],
      exit: [doc.documentElement, "mouseleave", ({ clientY }) => clientY <= 0],
      scroll: [
        window, "scroll",
        () => (scrollY + innerHeight) * 100 >= doc.documentElement.scrollHeight * named,
      ],
    }[kind] || [];

    const watch = (event) => {
      try {
        if (!isIt(event)) return;
        if (kind !== "click") unwatch();
        start();
      } catch {
        unwatch(); // not a selector
      }
    };

    /** Hears what the shop's tag manager has been told, and what it will be. */
    const listen = () => {
      const layer = (window.dataLayer ||= []);
      const { push } = layer;
      const hear = (item) => {
        const event = item?.event || (item?.[0] === "event" && item[1]);
        if (event === named && surveys.has(survey)) start();
      };
      layer.push = (...items) => {
        items.forEach(hear);
        return push.apply(layer, items);
      };
      layer.forEach(hear);
    };

    const unwatch = () => source?.removeEventListener(type, watch);

    /** The address has changed without a new page. */
    const route = () => {
      const isOver = why === "dismissed" || why === "answered";
      if (isElsewhere()) {
        clearTimeout(delay);
        delay = 0;
        isAway ||= host && !host.hidden && !isOver;
        if (!isOver) why = ELSEWHERE;
        hide();
      } else if (isAway) {
        isAway = false;
        why = "shown";
        if (!host.isConnected) doc.body.append(host);
        reveal();
      } else if (isUnasked && !host && !delay) start();
    };

    const reveal = () => {
      host.hidden = false;
      if (!box.open) box.showModal?.();
    };

    const hide = () => {
      if (!host || host.hidden) return;
      const hadFocus = root.activeElement;
      box.close?.(); // gives the focus back by itself
      host.hidden = true;
      if (hadFocus) focusedBefore?.focus({ preventScroll: true });
    };

    /** The person closes it. A score that was chosen is kept. */
    const close = () => {
      form?.settle();
      remember();
      if (state !== "done") tell((why = "dismissed"));
      hide();
    };

    /** The page may never come back. */
    const leave = (isGone) => {
      form?.leave();
      if (isGone && told === "answered") tell("abandoned");
    };

    const destroy = () => {
      surveys.delete(survey);
      untilGranted.delete(show);
      unwatch();
      clearTimeout(delay);
      if (!host) return;
      leave();
      form?.end();
      hide();
      root.replaceChildren();
      if (!element) host.remove();
    };

    // ---- Drawing ----

    const tell = (event, detail) => {
      told = event;
      if (event === "answered") remember(true);
      if (event === "completed") why = "answered";
      const init = { __proto__: null, bubbles: true, composed: true, detail: { survey, ...detail } };
      host.dispatchEvent(new CustomEvent("candor:" + event, init));
    };

    const mark = (next) => (state = host.dataset.state = next);

    const fragment = async () => {
      for (const name of filesFor(locale)) {
        file = `${base}e/${survey}/${name}`;
        if (survey === early.survey && name === early.locale) return parse(early.html);
        const reply = await ask(file + ".html");
        const content = reply.ok && parse(await reply.text());
        if (content && content.querySelector("section.candor form")) return content;
        isMissing = reply.status === 404;
      }
      throw file;
    };

    /** Puts the host element in its place; throws when there is none. */
    const place = () => {
      const made = element || make("div");
      if (element) return made;
      if (display !== "inline") doc.body.append(made);
      else if (target) doc.querySelector(target).append(made);
      else script.after(made);
      return made;
    };

    const open = () => build().catch(() => (why = "there is no place for it on this page"));

    const build = async () => {
      host = place();
      box = root = host.shadowRoot || host.attachShadow({ __proto__: null, mode: "open" });
      if (display === "modal") root.append((box = make("dialog", { oncancel: close })));
      root.addEventListener("focusin", ({ relatedTarget }) => {
        if (relatedTarget && !root.contains(relatedTarget)) focusedBefore = relatedTarget;
      });
      host.hidden = false;
      Object.assign(host.dataset, { survey, display, theme, engine: "html" });
      if (zIndex) host.style.setProperty("--candor-z", zIndex);
      mark("waiting");
      try {
        const early = sheetOf(FIRST_CSS);
        root.adoptedStyleSheets = [early];
        const parts = [fragment(), stylesheet(), answering()];
        const [content, sheet, { attach }] = await Promise.all(parts);
        root.adoptedStyleSheets = [early, sheet];
        box.append(content);
        const section = box.querySelector("section");
        host.dir = section.dir;
        const named = box === root ? host : box;
        if (named === host) host.setAttribute("role", "region");
        named.setAttribute("aria-label", section.querySelector("legend").textContent);
        form = attach({
          survey, host, root, box, file, endpoint, format, sample, openedMs: Date.now(),
          ask, tell, mark, close, isPrivate, context: () => context, isTest: () => isTest,
          idle: () => idle(host),
        });
        ready("shown");
      } catch {
        await lower();
      }
    };

    const ready = (how) => {
      if (!host.hidden) reveal();
      why = how;
      mark("ready");
      tell("ready");
      tell("shown");
    };

    /** Down the ladder: the hosted page in a frame, or a link to it where frames are forbidden. */
    const lower = async () => {
      const url = `${base}s/${survey}?lang=${locale}`;
      await pause(REFUSAL_MS_MAX); // the policy's refusal is reported after the request has failed
      try {
        const isForbidden = refusals.has("connect-src");
        if (isMissing) throw url;
        if (!isForbidden) await ask(url, { mode: "no-cors" });
      } catch {
        // Not forbidden, just not there: better nothing than a broken frame in the shop.
        mark("failed");
        host.hidden = true;
        why = isMissing ? "there is no such survey" : "unreachable";
        return tell("failed", { reason: why });
      }
      const frame = make("iframe", { title: "Feedback", src: url });
      const button = { name: "close", ariaLabel: "Close", textContent: "×", onclick: close };
      box.replaceChildren(make("button", button), frame);
      ready("shown in a frame");
      await pause(FRAME_MS_MAX);
      if (!refusals.has("frame-src")) return;
      frame.replaceWith(make("a", { href: url, target: "_blank", textContent: "Feedback" }));
      why = "shown as a link";
    };

    surveys.set(survey, {
      show,
      route,
      hide,
      destroy,
      leave,
      preview: () => {
        isTest = true;
        if (host) reveal();
        else open();
      },
      track: (event, more) => {
        if (trigger !== "track:" + event) return;
        context = { ...context, ...more };
        start();
      },
      why: (lines) => lines.push([`${survey}: ${why}`, ...notes].join("; ")),
    });
    source?.addEventListener(type, watch);
    if (!isUnasked) {
      why = "waiting for " + trigger;
      if (kind === "data-layer") listen();
    } else if (doc.readyState !== "loading") start();
    else doc.addEventListener("DOMContentLoaded", start, once);
  };

  // ---- What the page may call ----

  const own = { __proto__: null, survey: early.survey, locale: early.locale, ...read(script) };

  /** Settings of another survey: what the script's tag says of all of them, then its own. */
  const settingsOf = (more) => {
    const { survey, display, target, trigger, ...common } = own;
    return { __proto__: null, ...common, ...more, context: { ...own.context, ...more.context } };
  };

  const init = (settings, element) => {
    if (settings.survey && !surveys.has(settings.survey)) createSurvey(settings, element);
  };

  const each = (method) => (name, ...more) =>
    surveys.forEach((survey, its) => (!name || name === its) && survey[method](...more));

  const methods = {
    init: (settings) => init(settingsOf(settings)),
    show: each("show"),
    hide: each("hide"),
    preview: each("preview"),
    destroy: each("destroy"),
    track: (...event) => each("track")("", ...event),
    identify: (name) => {
      person = String(name);
    },
    reset: () => {
      person = "";
      draw = Math.random();
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith("candor:")) localStorage.removeItem(key);
      }
    },
    on: (event, run) => addEventListener("candor:" + event, run),
    off: (event, run) => removeEventListener("candor:" + event, run),
    why: (name, lines = []) => {
      each("why")(name, lines);
      return lines.join("\n");
    },
    grant: () => {
      isGranted = true;
      untilGranted.forEach((run) => run());
    },
  };

  /** Sends what earlier pages have left behind, if there is anything. */
  const drain = async () => {
    try {
      await idle(doc);
      const databases = await indexedDB.databases();
      if (databases.some(({ name }) => name === "candor")) await (await answering()).drain(ask);
    } catch {
      // storage is blocked, so nothing can have been left behind
    }
  };

  /** A custom element that comes and goes; being moved about the page is neither. */
  const define = (name, come, go) => {
    const type = class extends HTMLElement {
      connectedCallback() {
        come(settingsOf(read(this)), this);
      }
      disconnectedCallback() {
        setTimeout(() => this.isConnected || go(this));
      }
    };
    customElements.define(name, type);
  };

  /** The score in place of the words inside the element, which stay where there is no WebAssembly. */
  const showScore = async (settings, element) => {
    const run = () => showScore(settings, element);
    if (settings.consent === "wait" && !isGranted) return untilGranted.add(run);
    const { survey, endpoint = "/v1/responses", locale = pageLocale() } = settings;
    try {
      await idle(element);
      const [{ mountScore }, sheet] = await Promise.all([import(SCORE_URL), stylesheet()]);
      const files = Array.from(filesFor(locale), (name) => `${base}e/${survey}/${name}.json`);
      const liveUrl = new URL(`surveys/${survey}/live`, new URL(endpoint, base)).href;
      await mountScore({ element, survey, files, liveUrl, sheet, ask });
    } catch {
      // the words inside stay
    }
  };

  try {
    const earlier = window.candor;
    if (earlier?.version) return earlier.init(own);
    addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
      if (blockedURI.startsWith(new URL(base).origin)) refusals.add(effectiveDirective);
    });
    addEventListener("visibilitychange", () => doc.hidden && each("leave")());
    addEventListener("pagehide", () => each("leave")("", true));
    if (window.navigation) navigation.addEventListener("currententrychange", () => each("route")());
    else setInterval(() => address !== (address = location.href) && each("route")(), ROUTE_MS);
    const api = (window.candor = { version: 1 });
    for (const name of Object.keys(methods)) {
      api[name] = (...given) => {
        try {
          return methods[name](...given);
        } catch {
          // nothing of ours is thrown into the page
        }
      };
    }
    init(own);
    drain();
    define("candor-survey", init, (element) => api.destroy(read(element).survey));
    define("candor-score", showScore, (element) => element.candorEnd?.());
    for (const [name, ...given] of earlier?.q || []) api[name]?.(...given);
  } catch {
    // the page is more important than we are
  }
})();
