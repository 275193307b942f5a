// What the pages do better with a script. Nothing here is needed for any task.
import "htmx.org/dist/htmx.esm.js";

htmx.config.includeIndicatorCSS = false;
