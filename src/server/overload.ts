/** Sheds load: while the process is overloaded, requests are refused cheaply, so that those accepted are answered in time. */
import type { Logger } from "../log/index.ts";
import { Response } from "../message/index.ts";
import { LoopDelay } from "./loop-delay.ts";
import { type LoopSource, processSource } from "./loop-source.ts";
import { loopBlocked, overloadBegin, overloadEnd } from "./moments.ts";
import { type OverloadLimits, type OverloadOptions, overloadLimits } from "./overload-options.ts";

/** What can be too much for a process. */
export type OverloadReason = "loop-delay" | "heap";

/** What the overload protection looks at in a request. */
export interface ShedCandidate {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
}

/** Milliseconds between two looks at the loop. */
const INTERVAL = 50;
/** Milliseconds between two looks at the heap, and at whether the overload is over. */
const REVIEW = 500;
/** Milliseconds without a reason before shedding ends. */
const CALM = 1_000;
/** Milliseconds between two log lines about a blocked loop. */
const WARNING_PAUSE = 1_000;
/** The loop idles this much of its time where there is room for more than is accepted. */
const SPARE = 0.03;
/** Above this share of requests that are shed there is no room for them all. */
const SHED_MOST = 0.25;
/** Of so many requests one is let through while the heap is full: collection needs a reason to run. */
const HEAP_TRICKLE = 8;
/** Milliseconds without a request after which the last one is no longer suspected. */
const REMEMBERED = 1_000;
/** So many requests between two samples are a load, behind which a block is no accident. */
const MANY = 16;
/** Milliseconds of idling that are more than a look whether there is something to do. */
const IDLED = 1;

const body = JSON.stringify({
  status: 503,
  title: "Service Unavailable",
  detail: "The server is overloaded. Try again later.",
  code: "LMP_SERVER_OVERLOADED",
});

/**
 * Decides for each request whether it reaches the application. Shedding begins when the event loop is late by more
 * than `loopDelay` at its 99th percentile, or the heap is nearly full. From then on each turn of the loop accepts
 * requests for `turnTime` milliseconds and refuses the rest, which makes turns short whatever arrives, so that
 * whoever is accepted waits two turns at most. A turn that comes behind a block longer than `loopDelay` accepts one.
 *
 * A loop without a pause is no reason: with as many clients as fill it, each waiting for its answer, it is late by
 * little and serves more than one that sheds. That it pauses again is a sign that the overload is over.
 *
 * `Server` has one of its own; for another server it stands alone.
 *
 * @example
 * ```ts
 * import { Overload } from "limpid/server";
 *
 * using overload = new Overload({ loopDelay: 100 }).start();
 * console.log(overload.sheds({ method: "GET", path: "/tea" }, performance.now())); // false
 * console.log(overload.refusal().status); // 503
 * ```
 */
export class Overload {
  readonly #limits: OverloadLimits;
  readonly #log: () => Logger | undefined;
  readonly #source: LoopSource;
  readonly #delay: LoopDelay;
  #timer: NodeJS.Timeout | undefined;

  // What every request touches. The longest time between two of them tells which one blocked the loop.
  #method = "";
  #path = "";
  #mark = 0;
  #longest = 0;
  #blocker: ShedCandidate | undefined;
  /** Until then a request needs no second look. */
  #calmUntil = Number.POSITIVE_INFINITY;

  #due = Number.POSITIVE_INFINITY;
  #waited = 0;
  /** When a sample last found that requests had come. */
  #busyAt = 0;
  #requests = 0;
  #warnedAt = Number.NEGATIVE_INFINITY;
  #reviewAt = 0;

  #reason: OverloadReason | undefined;
  #since = 0;
  #reasonAt = 0;
  #shed = 0;
  #accepted = 0;
  #reviewed = { at: 0, idle: 0, shed: 0, accepted: 0 };

  #turnOpen = false;
  #turnOpenedAt = 0;
  /** Earlier than it was opened by what the loop did before. */
  #turnBegun = 0;
  #turnLength = 0;
  #turnAccepted = 0;
  #turnBlocked = false;
  /** Between two turns: since when the loop has worked, and how long it had idled before. */
  #workSince = 0;
  #idleBefore = 0;

  /** Throws `LMP_SERVER_OPTION_INVALID`. A logger given as a function is asked for when there is a line to write. */
  constructor(
    options: OverloadOptions = {},
    log?: Logger | (() => Logger),
    source: LoopSource = processSource,
  ) {
    this.#limits = overloadLimits(options);
    this.#log = typeof log === "function" ? log : () => log;
    this.#source = source;
    this.#delay = new LoopDelay(this.#limits.loopDelay);
  }

  /** Why requests are shed now; undefined while they are not. */
  get reason(): OverloadReason | undefined {
    return this.#reason;
  }

  /** Begins to watch the event loop. The timer keeps no process alive. */
  start(): this {
    this.#mark = this.#source.now();
    this.#expect(this.#mark);
    this.#timer ??= setInterval(() => this.sample(), INTERVAL).unref();
    return this;
  }

  /** Stops watching. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#calmUntil = Number.POSITIVE_INFINITY;
    if (this.#reason !== undefined) this.#end(this.#source.now());
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  /** Whether a request whose head came at `now`, in milliseconds of `performance.now()`, is to be refused. */
  sheds(request: ShedCandidate, now: number): boolean {
    this.#measure(now);
    this.#mark = now;
    this.#method = request.method;
    this.#path = request.path;
    this.#requests++;
    return now >= this.#calmUntil && this.#decide(request);
  }

  /** The answer to a request that is shed; nothing about it depends on the request. */
  refusal(): Response {
    const seconds = 1 + Math.floor(Math.random() * this.#limits.retryAfter);
    const headers = { "Content-Type": "application/problem+json", "Retry-After": String(seconds) };
    return new Response(body, { status: 503, headers });
  }

  /** Looks at the loop and the heap. A timer calls it; only tests call it themselves. */
  sample(): void {
    const now = this.#source.now();
    const late = this.#lateness(now);
    // What came last may have taken up to now.
    this.#measure(now);
    if (late > this.#limits.loopDelay) this.#late(now, late);
    if (now >= this.#reviewAt) this.#review(now);
    if (this.#requests > 0) this.#busyAt = now;
    else if (now - this.#busyAt > REMEMBERED) this.#path = "";
    this.#mark = now;
    this.#longest = 0;
    this.#blocker = undefined;
    this.#requests = 0;
    this.#expect(now);
  }

  /** Keeps the longest time in which nothing began, and what had begun before it. */
  #measure(now: number): void {
    const gap = now - this.#mark;
    if (gap <= this.#longest) return;
    this.#longest = gap;
    this.#blocker = this.#path === "" ? undefined : { method: this.#method, path: this.#path };
  }

  #expect(now: number): void {
    this.#due = now + INTERVAL;
    this.#waited = this.#source.waited();
    this.#calmUntil =
      this.#reason === undefined ? this.#due + this.#limits.loopDelay : Number.NEGATIVE_INFINITY;
  }

  /** How late the loop is; 0 where that is the doing of other processes, which shedding cannot mend. */
  #lateness(now: number): number {
    const late = now - this.#due;
    if (late <= this.#limits.loopDelay) return late;
    const others = this.#source.waited() - this.#waited;
    return late - others < this.#limits.loopDelay / 2 ? 0 : late;
  }

  /** The loop has come back late: a queue that was too long, or something that blocked it. */
  #late(now: number, late: number): void {
    if (this.#longest < this.#limits.loopDelay / 2) {
      this.#begin("loop-delay", now, late);
      return;
    }
    this.#delay.add(now, late);
    this.#tellBlocked(now, late);
    // Many requests that each work behind a wait look like one that blocks; their queue grows with every turn.
    if (this.#requests >= MANY || this.#delay.tooHigh(now)) this.#begin("loop-delay", now, late);
  }

  #tellBlocked(now: number, milliseconds: number): void {
    const { method, path } = this.#blocker ?? {};
    if (loopBlocked.active) loopBlocked.announce({ milliseconds, method, path });
    if (now - this.#warnedAt < WARNING_PAUSE) return;
    this.#warnedAt = now;
    const fields = { logger: "limpid.server", milliseconds: Math.round(milliseconds), method, path };
    this.#log()?.warn(fields, "the event loop was blocked; the request named was the last to begin before");
  }

  #begin(reason: OverloadReason, now: number, figure: number): void {
    this.#reasonAt = now;
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#since = now;
    this.#shed = 0;
    this.#accepted = 0;
    const idle = this.#source.idle();
    this.#reviewed = { at: now, idle, shed: 0, accepted: 0 };
    this.#calmUntil = Number.NEGATIVE_INFINITY;
    // The requests that come next have waited for the turn that was too long.
    this.#turnLength = reason === "heap" ? 0 : figure;
    this.#workSince = now;
    this.#idleBefore = idle;
    if (overloadBegin.active) overloadBegin.announce({ reason, figure });
    const shown = reason === "heap" ? { heap: round(figure) } : { loop_delay: Math.round(figure) };
    this.#log()?.warn({ logger: "limpid.server", reason, ...shown }, "overloaded: requests are being shed");
  }

  #end(now: number): void {
    const milliseconds = now - this.#since;
    const figures = { shed: this.#shed, accepted: this.#accepted, milliseconds: Math.round(milliseconds) };
    this.#reason = undefined;
    if (overloadEnd.active) overloadEnd.announce(figures);
    this.#log()?.warn({ logger: "limpid.server", ...figures }, "no longer overloaded: no request is shed");
  }

  /** Now and then: is the heap too full, and is the overload over? */
  #review(now: number): void {
    this.#reviewAt = now + REVIEW;
    const heap = this.#source.heap();
    // A little lower than where it begins, or it would begin and end with every collection.
    if (heap > this.#limits.heap) this.#begin("heap", now, heap);
    else if (this.#reason === "heap" && heap > this.#limits.heap - 0.05) this.#reasonAt = now;
    if (this.#reason === undefined) return;
    const { at, idle, shed, accepted } = this.#reviewed;
    const idleNow = this.#source.idle();
    this.#reviewed = { at: now, idle: idleNow, shed: this.#shed, accepted: this.#accepted };
    const shedShare = (this.#shed - shed) / Math.max(1, this.#shed - shed + this.#accepted - accepted);
    const spare = (idleNow - idle) / Math.max(1, now - at);
    const full = this.#reason === "loop-delay" && (spare < SPARE || shedShare > SHED_MOST);
    if (full || this.#delay.tooHigh(now)) this.#reasonAt = now;
    if (now - this.#reasonAt >= CALM) this.#end(now);
  }

  #decide(request: ShedCandidate): boolean {
    // Requests that came in one piece came at one time, and the work on those before counts.
    const now = this.#source.now();
    if (this.#reason === undefined) {
      const { loopDelay } = this.#limits;
      const late = this.#lateness(now);
      if (late === 0) this.#calmUntil = now + loopDelay / 4;
      // Behind a block the sample that is due decides; a queue has to be cut before this turn makes it longer.
      else if (this.#longest >= loopDelay / 2) this.#calmUntil = Number.POSITIVE_INFINITY;
      else this.#begin("loop-delay", now, late);
      if (this.#reason === undefined) return false;
    }
    if (!this.#turnOpen) this.#openTurn(now);
    const shed = !this.#admits(now) && !this.#limits.exempt.includes(request.path);
    if (shed) this.#shed++;
    else {
      this.#accepted++;
      this.#turnAccepted++;
    }
    return shed;
  }

  #admits(now: number): boolean {
    if (this.#reason === "heap") return (this.#shed + this.#accepted) % HEAP_TRICKLE === 0;
    // One goes through each turn, or an application whose every answer takes longer would never give any.
    if (this.#turnAccepted === 0) return true;
    return !this.#turnBlocked && now - this.#turnBegun <= this.#limits.turnTime;
  }

  /** A turn begins with its first request; what the loop did since the one before counts as if it were its own. */
  #openTurn(now: number): void {
    const idled = this.#source.idle() - this.#idleBefore;
    const worked = Math.max(0, now - this.#workSince - idled);
    // A loop that has idled since had nobody waiting.
    const before = idled > IDLED ? 0 : this.#turnLength;
    this.#turnOpen = true;
    this.#turnOpenedAt = now;
    this.#turnBegun = idled > IDLED ? now : now - worked;
    this.#turnAccepted = 0;
    this.#turnBlocked = Math.max(worked, before) >= this.#limits.loopDelay;
    // Runs behind the poll phase, in which all requests of a turn are read, and before the loop can idle.
    setImmediate(this.#closeTurn);
  }

  readonly #closeTurn = (): void => {
    this.#turnOpen = false;
    this.#turnLength = this.#source.now() - this.#turnOpenedAt;
    this.#workSince = this.#mark;
    this.#idleBefore = this.#source.idle();
  };
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}
