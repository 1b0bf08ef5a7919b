// 页面: starts the small helpers; every page works without them.
import { startChoices } from "./choices.js";
import { startKeys } from "./keys.js";
import { startOnce } from "./once.js";
import { startTips } from "./tips.js";

startChoices();
startKeys();
startOnce();
startTips();
