// Work that is done a little with each frame, so that what moves goes on moving.

const SHARE = 4; // ms of a frame

export class Turns {
  constructor() {
    this.left = [];
    this.frame = 0;
  }

  // In the place of what was left of earlier jobs.
  take(jobs) {
    this.left = jobs;
    this.work();
  }

  drop() {
    this.left = [];
  }

  work() {
    cancelAnimationFrame(this.frame);
    const until = performance.now() + SHARE;
    let done = 0;
    while (done < this.left.length && performance.now() < until) this.left[done++]();
    this.left = this.left.slice(done);
    if (this.left.length) this.frame = requestAnimationFrame(() => this.work());
  }
}
