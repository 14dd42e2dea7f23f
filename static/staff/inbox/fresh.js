const PAUSE = 1_000;
