/** Keeps connections to a server and lends them: never more than a maximum, never one in an unknown state. */
import type { PoolOptions, PoolStatus } from "../driver.ts";
import { type Borrower, borrower } from "./borrower.ts";
import { poolClosed, poolTimeout } from "./pool-errors.ts";
import type { Opener, PoolMember } from "./pool-member.ts";
import { type PoolSettings, poolSettings } from "./pool-settings.ts";
import { Reopening } from "./reopening.ts";
import { Slot } from "./slot.ts";

interface Waiter<Member> {
  readonly since: number;
  readonly borrower: Borrower | undefined;
  readonly resolve: (connection: Member) => void;
  readonly reject: (reason: unknown) => void;
}

/** A connection that says nothing for so long when it is checked is dead. */
const checkTimeout = 1_000;

export class Pool<Member extends PoolMember> {
  readonly settings: PoolSettings;
  readonly #opener: Opener<Member>;
  readonly #slots = new Map<Member, Slot<Member>>();
  /** The one that came back last is lent first, so that surplus ones grow old and close. */
  #idle: Slot<Member>[] = [];
  readonly #waiting = new Set<Waiter<Member>>();
  readonly #reopening = new Reopening();
  readonly #reportsLeaks = process.env.NODE_ENV !== "production";
  readonly #sweeper: NodeJS.Timeout;
  /** Runs out when the first waiter has waited too long, or another attempt to open is due. */
  #alarm: NodeJS.Timeout | undefined;
  #closed: Promise<void> | undefined;
  readonly #ending = new Set<Promise<void>>();
  #drained: (() => void) | undefined;

  constructor(opener: Opener<Member>, options?: PoolOptions) {
    this.#opener = opener;
    this.settings = poolSettings(options);
    const { idleTimeout, leakAfter, maximumLifetime } = this.settings;
    const shortest = Math.min(idleTimeout, leakAfter, maximumLifetime, opener.deadline || 4_000);
    this.#sweeper = setInterval(
      () => this.#sweep(performance.now()),
      Math.max(5, Math.min(1_000, shortest / 4)),
    );
    this.#sweeper.unref();
    if (this.settings.minimum > 0) this.#grow();
  }

  /** Opens one connection, so that an address that leads nowhere is found at the start. Rejects with the reason. */
  async prove(): Promise<void> {
    await this.#attempt(performance.now());
  }

  /** Lends a connection, at once if one is free. Throws `LMP_ORM_POOL_CLOSED`. */
  acquire(briefly = false): Member | Promise<Member> {
    if (this.#closed !== undefined) throw poolClosed();
    const now = performance.now();
    for (let slot = this.#idle.pop(); slot !== undefined; slot = this.#idle.pop()) {
      if (!slot.connection.usable || now > slot.retireAt) this.#discard(slot);
      else if (now - slot.since > this.settings.healthCheckAfter)
        return this.#lendChecked(slot, now, this.#borrower(briefly));
      else return slot.lend(now, this.#borrower(briefly));
    }
    return this.#wait(now, this.#borrower(briefly));
  }

  /** Leaves the limits of one that is lent to its borrower: no deadline, and no report of a leak. */
  lift(connection: Member): void {
    this.#slots.get(connection)?.lift();
  }

  /** Takes a connection back; closes it if it is `broken`, or in a state that nobody knows. */
  release(connection: Member, broken = false): void {
    const slot = this.#slots.get(connection);
    if (slot?.lent !== true) return;
    slot.lent = false;
    slot.borrower = undefined;
    const now = performance.now();
    if (
      broken ||
      this.#closed !== undefined ||
      !connection.usable ||
      !connection.resting ||
      now > slot.retireAt
    )
      this.#discard(slot);
    else this.#hand(slot, now);
  }

  /** Forgets a connection that ended by itself. */
  lost(connection: Member): void {
    const slot = this.#slots.get(connection);
    // One that is lent is still somebody's: it goes when it comes back.
    if (slot === undefined || slot.lent) return;
    this.#idle = this.#idle.filter((other) => other !== slot);
    this.#discard(slot);
  }

  status(): PoolStatus {
    const { maximum } = this.settings;
    return { open: this.#slots.size, idle: this.#idle.length, waiting: this.#waiting.size, maximum };
  }

  /** Lends no more, waits up to `grace` milliseconds for what is lent, and closes all. */
  close(grace = 10_000): Promise<void> {
    this.#closed ??= this.#shutDown(grace);
    return this.#closed;
  }

  #borrower(briefly: boolean): Borrower | undefined {
    return this.#reportsLeaks && !briefly ? borrower(this.acquire) : undefined;
  }

  async #lendChecked(slot: Slot<Member>, now: number, by: Borrower | undefined): Promise<Member> {
    slot.lend(now, by);
    if (await this.#answers(slot.connection)) {
      if (this.#closed === undefined) return slot.connection;
      this.release(slot.connection);
      throw poolClosed();
    }
    this.release(slot.connection, true);
    // Where one died in its sleep, so did the others: they are not tried one after another.
    for (const other of this.#idle.splice(0)) this.#discard(other);
    if (this.#closed !== undefined) throw poolClosed();
    return this.#wait(now, by);
  }

  async #answers(connection: Member): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, Math.min(checkTimeout, this.settings.acquireTimeout), false);
    });
    const answered = this.#opener.check(connection).then(
      () => connection.usable,
      () => false,
    );
    const result = await Promise.race([answered, late]);
    clearTimeout(timer);
    return result;
  }

  #wait(since: number, by: Borrower | undefined): Promise<Member> {
    return new Promise((resolve, reject) => {
      this.#waiting.add({ since, borrower: by, resolve, reject });
      this.#grow();
      this.#setAlarm();
    });
  }

  /** To whoever waits longest, else to rest. */
  #hand(slot: Slot<Member>, now: number): void {
    const waiter = this.#firstWaiter();
    if (waiter === undefined) {
      slot.since = now;
      this.#idle.push(slot);
      return;
    }
    this.#waiting.delete(waiter);
    waiter.resolve(slot.lend(now, waiter.borrower));
  }

  #firstWaiter(): Waiter<Member> | undefined {
    for (const waiter of this.#waiting) return waiter;
    return undefined;
  }

  /** Opens as many connections as are wanted and may be opened now. */
  #grow(): void {
    if (this.#closed !== undefined) return;
    const now = performance.now();
    while (this.#wanted(now) > 0 && this.#reopening.delay(now) === 0) void this.#open(now);
  }

  #wanted(now: number): number {
    const { minimum, maximum } = this.settings;
    const coming = this.#reopening.promising(now);
    const wanted = Math.max(this.#waiting.size - coming, minimum - this.#slots.size - coming);
    return Math.min(wanted, maximum - this.#slots.size - coming);
  }

  async #open(now: number): Promise<void> {
    try {
      await this.#attempt(now);
    } catch (error) {
      if (isLasting(error) && this.#slots.size === 0)
        for (const waiter of this.#takeWaiters()) waiter.reject(error);
    }
    this.#grow();
    this.#setAlarm();
  }

  async #attempt(now: number): Promise<void> {
    const attempt = this.#reopening.begin(now);
    try {
      const connection = await this.#opener.open();
      this.#reopening.succeeded(attempt);
      this.#add(connection);
    } catch (error) {
      this.#reopening.failed(attempt, error, performance.now());
      throw error;
    }
  }

  #add(connection: Member): void {
    // A slow attempt may come after the one that was begun in its stead.
    if (this.#slots.size >= this.settings.maximum) {
      void this.#opener.end(connection);
      return;
    }
    const now = performance.now();
    // Connections that were opened together do not retire together.
    const retireAt = now + this.settings.maximumLifetime * (0.9 + Math.random() * 0.1);
    const slot = new Slot(connection, retireAt, now);
    this.#slots.set(connection, slot);
    if (this.#closed === undefined) this.#hand(slot, now);
    else this.#discard(slot);
  }

  #discard(slot: Slot<Member>): void {
    this.#slots.delete(slot.connection);
    const ending = this.#opener.end(slot.connection);
    this.#ending.add(ending);
    void ending.then(() => this.#ending.delete(ending));
    if (this.#slots.size === 0) this.#drained?.();
    if (this.#waiting.size > 0) {
      this.#grow();
      this.#setAlarm();
    }
  }

  /** The timer keeps the process alive, as whoever waits would. */
  #setAlarm(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    const first = this.#firstWaiter();
    if (first === undefined) return;
    const now = performance.now();
    const patience = first.since + this.settings.acquireTimeout - now;
    const pause = this.#wanted(now) > 0 ? this.#reopening.delay(now) : this.#reopening.nextSlow(now);
    this.#alarm = setTimeout(() => this.#ring(), Math.max(1, Math.min(patience, pause)));
  }

  #ring(): void {
    const now = performance.now();
    const status = this.status();
    for (const waiter of this.#waiting) {
      if (now - waiter.since < this.settings.acquireTimeout) break;
      this.#waiting.delete(waiter);
      const cause = this.#reopening.lastFailure;
      const unreachable = cause !== undefined && this.#slots.size === 0;
      waiter.reject(unreachable ? cause : poolTimeout(this.settings.acquireTimeout, status, cause));
    }
    this.#grow();
    this.#setAlarm();
  }

  #takeWaiters(): Waiter<Member>[] {
    const waiters = [...this.#waiting];
    this.#waiting.clear();
    return waiters;
  }

  #sweep(now: number): void {
    for (const slot of this.#slots.values()) {
      if (slot.overdue(now, this.#opener.deadline)) this.#opener.abandon(slot.connection);
      if (slot.lent) slot.reportLeak(now, this.settings.leakAfter);
    }
    let surplus = this.#slots.size - this.settings.minimum;
    const kept: Slot<Member>[] = [];
    const gone: Slot<Member>[] = [];
    for (const slot of this.#idle) {
      const old = now - slot.since > this.settings.idleTimeout && surplus-- > 0;
      (old || !slot.connection.usable || now > slot.retireAt ? gone : kept).push(slot);
    }
    if (gone.length > 0) this.#idle = kept;
    for (const slot of gone) this.#discard(slot);
    this.#grow();
  }

  async #shutDown(grace: number): Promise<void> {
    clearInterval(this.#sweeper);
    clearTimeout(this.#alarm);
    for (const waiter of this.#takeWaiters()) waiter.reject(poolClosed());
    for (const slot of this.#idle.splice(0)) this.#discard(slot);
    if (this.#slots.size > 0) await this.#drain(grace);
    for (const slot of this.#slots.values()) this.#discard(slot);
    await Promise.all(this.#ending);
  }

  async #drain(grace: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
      timer = setTimeout(resolve, grace);
    });
    clearTimeout(timer);
  }
}

function isLasting(error: unknown): boolean {
  return error instanceof Error && "passing" in error && error.passing === false;
}
